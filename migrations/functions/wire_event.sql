-- ChatEvent of sdk/protocol/events.ts: the same object in log, answer, catch-up and broadcast.
create or replace function wire_event(e events) returns jsonb
language plpgsql stable
as $$
begin return (
  select jsonb_strip_nulls(jsonb_build_object(
      'idempotencyKey', e.idempotency_key,
      'messageId', e.message_id))
    || jsonb_build_object(
      'conversationId', e.conversation_id,
      'log', e.log,
      'seq', e.seq,
      'epoch', (select h.epoch from conversation_heads h where h.conversation_id = e.conversation_id),
      'type', e.type,
      'at', wire_time(e.created_at),
      'actor', wire_actor(e.actor_type, e.actor_id,
        (select a.name from agents a where a.id = e.actor_id),
        (select c.name from contacts c where c.id = e.actor_id)),
      'data', case
        when e.type like 'message.%' then jsonb_build_object('message', (select wire_message(m) from messages m where m.id = e.message_id))
        else e.data
      end)
); end
$$;
