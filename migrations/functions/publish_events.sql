-- Tells everyone what a transaction did: each event on its log's topic, then the new head of each
-- conversation on the lists it stands in. A hint only: who misses it catches up by POST /v1/sync.
-- -> the events as they were told, in their order
drop function if exists publish_events(uuid, events[]);
create or replace function publish_events(written events[]) returns jsonb[]
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  wires jsonb[] := array(select wire_event(w) from unnest(written) w);
begin
  -- what is too long for a notification is told as its place alone
  perform realtime.send(
    case when octet_length(w.wire::text) <= 4000 then w.wire else w.wire - '{type,at,actor,idempotencyKey,messageId,data}'::text[] end,
    'event',
    concat('conversation:', w.wire ->> 'conversationId', case w.wire ->> 'log' when 'internal' then ':internal' end),
    true)
  from unnest(wires) w (wire);

  perform realtime.send(h.wire, 'head', 'inbox:' || h.inbox_id, true),
    realtime.send(h.wire || '{"internalSeq": 0}', 'head', 'contact:' || h.contact_id, true)
  from (
    select c.inbox_id, c.contact_id, wire_head(c.id, true) as wire
    from (select distinct w.conversation_id from unnest(written) w) changed
    join conversations c on c.id = changed.conversation_id
    offset 0) h;
  return wires;
end
$$;
