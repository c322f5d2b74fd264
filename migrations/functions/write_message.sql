-- Stores a message in a locked conversation and moves its author's own marks past it.
create or replace function write_message(
  conversation conversations, in_actor_type text, in_actor_id uuid, in_key uuid, in_body text, in_reply_to_id uuid
) returns events
language plpgsql
as $$
declare
  new_id uuid := uuid_v7();
  event events;
  message_no bigint;
begin
  if in_reply_to_id is not null then
    perform check_reply(conversation, in_reply_to_id);
  end if;
  event := append_event(conversation.id, 'public', 'message.created', in_actor_type, in_actor_id, in_key, message_hash(in_body, in_reply_to_id), new_id, null);
  select h.last_message_no into strict message_no from conversation_heads h where h.conversation_id = conversation.id;

  insert into messages (id, workspace_id, conversation_id, log, seq, message_no, rev_seq, author_type, author_id, body, idempotency_key, reply_to_id)
  values (new_id, conversation.workspace_id, conversation.id, 'public', event.seq, message_no, event.seq, in_actor_type, in_actor_id, in_body, in_key, in_reply_to_id);

  insert into participants as p (conversation_id, actor_id, workspace_id, actor_type, delivered_seq, read_seq, read_message_no)
  values (conversation.id, in_actor_id, conversation.workspace_id, in_actor_type, event.seq, event.seq, message_no)
  on conflict (conversation_id, actor_id) do update set
    delivered_seq = excluded.delivered_seq,
    read_seq = excluded.read_seq,
    read_message_no = excluded.read_message_no,
    last_xid = pg_current_xact_id();
  return event;
end
$$;
