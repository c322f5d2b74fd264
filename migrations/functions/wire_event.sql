-- ChatEvent of sdk/protocol/events.ts as its text, of what the caller has looked up: a part of its query. What no check of
-- its table holds to a list of words goes through `to_json`, here and in the other shapes.
create or replace function wire_event(
  conversation_id uuid, log text, seq bigint, epoch uuid, type text, at timestamptz, actor text, key uuid, message_id uuid, data text
) returns text
language sql stable
as $$
  select concat(
    '{"conversationId": "', conversation_id,
    '", "log": "', log,
    '", "seq": ', seq,
    ', "epoch": "', epoch,
    '", "type": ', to_json(type),
    ', "at": "', wire_time(at),
    '", "actor": ', actor,
    ', "idempotencyKey": "' || key || '"',
    ', "messageId": "' || message_id || '"',
    ', "data": ', coalesce(data, 'null'),
    '}')
$$;

-- As it is told: what is too long for a broadcast (MAX_INLINE_EVENT_BYTES) by its place alone.
create or replace function wire_hint(event text) returns text
language sql immutable
as $$
  select case when octet_length(event) <= 4000 then event
    else (event::jsonb - array['type', 'at', 'actor', 'idempotencyKey', 'messageId', 'data'])::text end
$$;

-- The wire_events of one.
create or replace function wire_event(e events) returns jsonb
language plpgsql stable
as $$ begin return (wire_events(array[e]))[1]; end $$;
