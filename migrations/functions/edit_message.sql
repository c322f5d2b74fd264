-- Gives a message another body; its author only. With `in_rev_seq` only if nothing changed it since.
-- -> { event, replayed }
create or replace function edit_message(
  in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_message_id uuid, in_key uuid, in_body text, in_rev_seq bigint
) returns jsonb
language plpgsql
as $$
declare
  hash bytea := body_hash(concat_ws(chr(1), 'edit', in_message_id, in_body));
  conversation conversations := lock_conversation(in_actor_type, in_actor_id, in_conversation_id);
  known events := known_event(conversation.id, in_actor_id, in_key, hash);
  message messages;
begin
  if known.seq is not null then
    return jsonb_build_object('event', wire_event(known), 'replayed', true);
  end if;
  message := lock_message(conversation, in_actor_type, in_actor_id, in_message_id);
  if not is_same_actor(message.author_type, message.author_id, in_actor_type, in_actor_id) then
    perform refuse('forbidden', 'only its author edits a message');
  end if;
  perform refuse_late_change(conversation, message);
  if in_rev_seq <> message.rev_seq then
    perform refuse('stale_version', 'this message has changed meanwhile');
  end if;
  message.body := in_body;
  message.edited_at := now();
  return change_message(message, 'message.edited', in_actor_type, in_actor_id, in_key, hash);
end
$$;
