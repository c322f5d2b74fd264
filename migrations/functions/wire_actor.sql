-- Actor of sdk/protocol/actor.ts. The caller looks up the name, so that this becomes part of its query: a query of
-- its own was a tenth of what a message costs.
drop function if exists wire_actor(text, uuid);
create or replace function wire_actor(actor_type text, actor_id uuid, agent_name text, contact_name text) returns jsonb
language sql stable
as $$ select jsonb_build_object('type', actor_type, 'id', actor_id, 'name', coalesce(agent_name, contact_name, '')) $$;
