-- ActAnswer of sdk/protocol/routes.ts.
create or replace function wire_act(in_conversation_id uuid, written events[]) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'head', wire_head(in_conversation_id, true),
    'events', coalesce((select jsonb_agg(wire_event(w) order by w.seq) from unnest(written) w), '[]'))
$$;
