-- Says which emoji an actor has on a message from now on, all of them: said twice it changes nothing.
-- -> { event, replayed }
create or replace function react_to_message(
  in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_message_id uuid, in_key uuid, in_emojis text[]
) returns jsonb
language plpgsql
as $$
declare
  -- as MAX_DIFFERENT_REACTIONS of sdk/protocol/message.ts
  max_different constant int := 20;
  hash bytea := body_hash(concat_ws(chr(1), 'react', in_message_id, array_to_string(in_emojis, ' ')));
  conversation conversations := lock_conversation(in_actor_type, in_actor_id, in_conversation_id);
  known events := known_event(conversation.id, in_actor_id, in_key, hash);
  message messages;
begin
  if known.seq is not null then
    return jsonb_build_object('event', wire_event(known), 'replayed', true);
  end if;
  message := lock_message(conversation, in_actor_type, in_actor_id, in_message_id);
  message.reactions := with_reactions(message.reactions, in_actor_id, in_emojis);
  if jsonb_array_length(message.reactions) > max_different then
    perform refuse('invalid_request', 'this message has too many different reactions');
  end if;
  return change_message(message, 'message.reacted', in_actor_type, in_actor_id, in_key, hash);
end
$$;
