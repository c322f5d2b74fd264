-- Tells everyone what a transaction did: each event on its log's topic, then the new head of each
-- conversation on the lists it stands in. A hint only: who misses it catches up by POST /v1/sync.
-- -> the events as they were told, in their order
create or replace function publish_events(written events[]) returns jsonb[]
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  wires jsonb[] := wire_events(written);
  payloads jsonb[];
  names text[];
  topics text[];
begin
  select array_agg(b.payload order by b.name, b.place), array_agg(b.name order by b.name, b.place), array_agg(b.topic order by b.name, b.place)
  into payloads, names, topics
  from (
    select 'event' as name, w.place, wire_hint(w.wire::text)::jsonb as payload,
      concat('conversation:', w.wire ->> 'conversationId', case w.wire ->> 'log' when 'internal' then ':internal' end) as topic
    from unnest(wires) with ordinality w (wire, place)
    union all
    select 'head', 0, l.payload, l.topic
    from wire_heads(array(select distinct w.conversation_id from unnest(written) w), true) h
    cross join lateral (values
      (h.wire, 'inbox:' || h.inbox_id),
      (h.wire || '{"internalSeq": 0}', 'contact:' || h.contact_id)) l (payload, topic)
  ) b;
  perform tell(payloads, names, topics);
  return wires;
end
$$;
