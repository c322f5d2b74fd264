-- Everyone's marks in one conversation.
create or replace function wire_receipts(in_conversation_id uuid) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(wire_receipt(p) order by p.actor_id), '[]')
  from participants p
  where p.conversation_id = in_conversation_id
$$;
