-- What is known of the contact of a conversation, for an agent who sees it. -> ContactRecord
create or replace function conversation_contact(in_agent_id uuid, in_conversation_id uuid) returns jsonb
language sql stable
as $$
  select wire_contact_record(c)
  from read_conversation('agent', in_agent_id, in_conversation_id) v
  join contacts c on c.id = v.contact_id
$$;
