-- Availability of sdk/protocol/contact.ts: whether agents of an inbox are there, and who by name, the latest first.
create or replace function availability(in_inbox_id uuid) returns jsonb
language sql stable
as $$
  with present as (
    select a.name, presence_state(p) as state, p.heard_at
    from inboxes i
    join agents a on a.workspace_id = i.workspace_id
    join presences p on p.actor_id = a.id
    where i.id = in_inbox_id and agent_sees_inbox(a.id, i.id)
  ), best as (
    select case
      when exists (select 1 from present where state = 'online') then 'online'
      when exists (select 1 from present where state = 'away') then 'away'
      else 'offline'
    end as state
  )
  select jsonb_build_object(
    'state', best.state,
    'names', array(
      select p.name from present p
      where p.state = best.state and p.state <> 'offline'
      group by p.name
      order by max(p.heard_at) desc, p.name
      limit 5))
  from best
$$;
