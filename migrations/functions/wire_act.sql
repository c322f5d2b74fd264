-- ActAnswer of sdk/protocol/routes.ts.
create or replace function wire_act(in_conversation_id uuid, written events[]) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'head', wire_head(in_conversation_id, true),
    'events', to_jsonb(wire_events(array(select w from unnest(written) w order by w.seq))))
$$;
