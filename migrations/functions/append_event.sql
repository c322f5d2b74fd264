-- Writes the next event of a log. The caller holds the lock on the conversation's counter row and has
-- looked the key up after taking it; the counter moves in the same transaction, so a log has no hole.
create or replace function append_event(
  in_conversation_id uuid,
  in_log text,
  in_type text,
  in_actor_type text,
  in_actor_id uuid,
  in_key uuid,
  in_hash bytea,
  in_message_id uuid,
  in_data jsonb
) returns events
language plpgsql
as $$
declare
  head conversation_heads;
  event events;
begin
  update conversation_heads h set
    last_seq = h.last_seq + (in_log = 'public')::int,
    last_internal_seq = h.last_internal_seq + (in_log = 'internal')::int,
    last_message_no = h.last_message_no + (in_log = 'public' and in_type = 'message.created')::int,
    last_message_id = case when in_log = 'public' and in_type = 'message.created' then in_message_id else h.last_message_id end,
    last_xid = pg_current_xact_id()
  where h.conversation_id = in_conversation_id
  returning h.* into strict head;

  insert into events (conversation_id, log, seq, workspace_id, type, actor_type, actor_id,
    idempotency_key, payload_hash, message_id, data, after_seq)
  values (
    in_conversation_id,
    in_log,
    case in_log when 'public' then head.last_seq else head.last_internal_seq end,
    head.workspace_id,
    in_type,
    in_actor_type,
    in_actor_id,
    in_key,
    in_hash,
    in_message_id,
    in_data,
    case in_log when 'internal' then head.last_seq end)
  returning * into event;
  return event;
end
$$;
