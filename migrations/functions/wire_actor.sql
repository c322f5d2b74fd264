-- Actor of sdk/protocol/actor.ts.
create or replace function wire_actor(actor_type text, actor_id uuid) returns jsonb
language plpgsql stable
as $$
begin return (
  select jsonb_build_object(
    'type', actor_type,
    'id', actor_id,
    'name', coalesce(case actor_type
      when 'agent' then (select a.name from agents a where a.id = actor_id)
      when 'contact' then (select c.name from contacts c where c.id = actor_id)
    end, ''))
); end
$$;
