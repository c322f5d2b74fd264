-- Makes a new conversation with its first message: seq 1 is the beginning, seq 2 the message. Its counter
-- row is born locked by this transaction.
create or replace function open_conversation(
  in_workspace_id uuid, in_inbox_id uuid, in_contact_id uuid, in_start_key uuid, in_start_hash bytea,
  in_subject text, in_follows_id uuid, in_message_key uuid, in_body text, in_reply_to_id uuid default null
) returns conversations
language plpgsql
as $$
declare
  conversation conversations;
  written events[];
begin
  insert into conversations (workspace_id, inbox_id, contact_id, start_key, start_hash, subject, follows_id)
  values (in_workspace_id, in_inbox_id, in_contact_id, in_start_key, in_start_hash, in_subject, in_follows_id)
  returning * into strict conversation;
  insert into conversation_heads (conversation_id, workspace_id) values (conversation.id, in_workspace_id);
  written := array[append_event(conversation.id, 'public', 'conversation.created', 'contact', in_contact_id, null, null, null,
    jsonb_build_object('subject', in_subject, 'followsId', in_follows_id))];
  written := written || write_message(conversation.id, 'contact', in_contact_id, in_message_key, in_body, in_reply_to_id);
  perform publish_events(written);
  return conversation;
end
$$;
