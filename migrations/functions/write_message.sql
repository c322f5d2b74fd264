-- Stores a new message in a conversation that this transaction has locked, and moves its author's own marks past it.
create or replace function write_message(
  in_conversation_id uuid, in_author_type text, in_author_id uuid, in_key uuid, in_body text, in_reply_to_id uuid
) returns events
language plpgsql
as $$
declare
  message_id uuid := uuid_v7();
  written events;
  message_no bigint;
begin
  written := append_event(in_conversation_id, 'public', 'message.created', in_author_type, in_author_id, in_key,
    message_hash(in_body, in_reply_to_id), message_id, null);
  select h.last_message_no into strict message_no from conversation_heads h where h.conversation_id = in_conversation_id;
  insert into messages (id, workspace_id, conversation_id, log, seq, message_no, rev_seq, author_type, author_id, body, idempotency_key, reply_to_id)
  values (message_id, written.workspace_id, in_conversation_id, 'public', written.seq, message_no, written.seq, in_author_type, in_author_id, in_body, in_key, in_reply_to_id);
  insert into participants as p (conversation_id, actor_id, workspace_id, actor_type, delivered_seq, read_seq, read_message_no)
  values (in_conversation_id, in_author_id, written.workspace_id, in_author_type, written.seq, written.seq, message_no)
  on conflict (conversation_id, actor_id) do update set
    delivered_seq = excluded.delivered_seq,
    read_seq = excluded.read_seq,
    read_message_no = excluded.read_message_no,
    last_xid = pg_current_xact_id();
  return written;
end
$$;
