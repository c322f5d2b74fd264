-- ConversationDetail of sdk/protocol/routes.ts.
create or replace function conversation_detail(in_actor_type text, in_actor_id uuid, in_conversation_id uuid) returns jsonb
language sql stable
as $$
  select jsonb_build_object('head', wire_head(c.id, in_actor_type = 'agent'), 'receipts', wire_receipts(c.id))
  from read_conversation(in_actor_type, in_actor_id, in_conversation_id) c
$$;
