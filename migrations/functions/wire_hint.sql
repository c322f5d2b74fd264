-- An event as it is told: what is too long for a broadcast (MAX_INLINE_EVENT_BYTES) by its place alone.
create or replace function wire_hint(event jsonb, event_text text) returns jsonb
language sql immutable
as $$
  select case when octet_length(event_text) <= 4000 then event
    else event - array['type', 'at', 'actor', 'idempotencyKey', 'messageId', 'data'] end
$$;
