-- Stores how a locked message stands from now on, as the next event of its log, and tells it.
-- -> { event, replayed }
create or replace function change_message(
  message messages, in_type text, in_actor_type text, in_actor_id uuid, in_key uuid, in_hash bytea
) returns jsonb
language plpgsql
as $$
declare
  event events;
begin
  event := append_event(message.conversation_id, 'public', in_type, in_actor_type, in_actor_id, in_key, in_hash, message.id, null);
  update messages m set
    body = message.body,
    reactions = message.reactions,
    edited_at = message.edited_at,
    deleted_at = message.deleted_at,
    rev_seq = event.seq
  where m.id = message.id;
  return jsonb_build_object('event', (publish_events(array[event]))[1], 'replayed', false);
end
$$;
