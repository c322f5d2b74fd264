-- An actor's own marks in some conversations, for the unread counts of a list.
create or replace function own_receipts(in_actor_id uuid, conversation_ids uuid[]) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(wire_receipt(p) order by p.conversation_id), '[]')
  from participants p
  where p.actor_id = in_actor_id and p.conversation_id = any (conversation_ids)
$$;
