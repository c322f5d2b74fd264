-- Where the contact of a conversation was, for an agent who sees it. -> PageVisit[]
create or replace function conversation_pages(in_agent_id uuid, in_conversation_id uuid) returns jsonb
language sql stable
as $$
  select wire_pages(c.contact_id) from read_conversation('agent', in_agent_id, in_conversation_id) c
$$;
