-- Empties a message for good: its author, or a supervisor. The row keeps its place, so no seq and no
-- count of messages has a hole.
-- -> { event, replayed }
create or replace function delete_message(
  in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_message_id uuid, in_key uuid
) returns jsonb
language plpgsql
as $$
declare
  hash bytea := body_hash(concat_ws(chr(1), 'delete', in_message_id));
  conversation conversations := lock_conversation(in_actor_type, in_actor_id, in_conversation_id);
  known events := known_event(conversation.id, in_actor_id, in_key, hash);
  message messages;
begin
  if known.seq is not null then
    return jsonb_build_object('event', wire_event(known), 'replayed', true);
  end if;
  message := lock_message(conversation, in_actor_type, in_actor_id, in_message_id);
  if is_same_actor(message.author_type, message.author_id, in_actor_type, in_actor_id) then
    perform refuse_late_change(conversation, message);
  elsif in_actor_type <> 'agent' or not exists (select 1 from agents a where a.id = in_actor_id and a.role <> 'agent') then
    perform refuse('forbidden', 'only its author or a supervisor deletes a message');
  end if;
  message.body := '';
  message.reactions := '[]';
  message.deleted_at := now();
  return change_message(message, 'message.deleted', in_actor_type, in_actor_id, in_key, hash);
end
$$;
