-- ChatEvent of sdk/protocol/events.ts, of what the caller has looked up: a part of its query.
create or replace function wire_event(
  conversation_id uuid, log text, seq bigint, epoch uuid, type text, at timestamptz, actor jsonb, key uuid, message_id uuid, data jsonb
) returns jsonb
language sql stable
as $$
  select jsonb_strip_nulls(jsonb_build_object('idempotencyKey', key, 'messageId', message_id))
    || jsonb_build_object(
      'conversationId', conversation_id,
      'log', log,
      'seq', seq,
      'epoch', epoch,
      'type', type,
      'at', wire_time(at),
      'actor', actor,
      'data', data)
$$;

-- The wire_events of one.
create or replace function wire_event(e events) returns jsonb
language plpgsql stable
as $$ begin return (wire_events(array[e]))[1]; end $$;
