-- Actor of sdk/protocol/actor.ts. The caller looks up the name, so that this becomes part of its query: a query of
-- its own was a tenth of what a message costs.
create or replace function wire_actor(actor_type text, actor_id uuid, name text) returns text
language sql stable
as $$
  select concat('{"type": "', actor_type, '", "id": ', coalesce('"' || actor_id || '"', 'null'), ', "name": ', to_json(coalesce(name, '')), '}')
$$;
