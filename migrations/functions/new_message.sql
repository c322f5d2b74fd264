-- What write_messages reads of a message.
create or replace function new_message(
  in_conversation_id uuid, in_author_type text, in_author_id uuid, in_key uuid, in_body text, in_reply_to_id uuid
) returns messages
language plpgsql immutable
as $$
declare
  message messages;
begin
  message.conversation_id := in_conversation_id;
  message.author_type := in_author_type;
  message.author_id := in_author_id;
  message.idempotency_key := in_key;
  message.body := in_body;
  message.reply_to_id := in_reply_to_id;
  return message;
end
$$;
