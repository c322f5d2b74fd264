-- Messages that are sent at once are told apart, stored and told by one statement (send_messages.sql); what they
-- answered before, and the functions that this was made of.
drop function if exists send_messages(jsonb), told_apart(messages[], uuid[]), ended_sessions(jsonb), try_message(messages),
  wire_refusal(text, text, text), write_messages(messages[]), new_message(uuid, text, uuid, uuid, text, uuid);
