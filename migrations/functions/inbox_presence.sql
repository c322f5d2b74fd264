-- Whether any agent of an inbox is there.
create or replace function inbox_presence(in_inbox_id uuid) returns text
language sql stable
as $$
  select case when exists (
    select 1
    from inboxes i
    join agents a on a.workspace_id = i.workspace_id
    join presences p on p.actor_id = a.id
    where i.id = in_inbox_id and presence_state(p) = 'online' and agent_sees_inbox(a.id, i.id)
  ) then 'online' else 'offline' end
$$;
