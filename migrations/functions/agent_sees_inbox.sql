-- An active agent sees the inboxes they are a member of; a supervisor and above all of their workspace.
create or replace function agent_sees_inbox(in_agent_id uuid, in_inbox_id uuid) returns boolean
language plpgsql stable
as $$
begin return (
  select exists (
    select 1
    from agents a
    join inboxes i on i.workspace_id = a.workspace_id
    where a.id = in_agent_id
      and i.id = in_inbox_id
      and a.deactivated_at is null
      and (a.role <> 'agent'
        or exists (select 1 from inbox_agents ia where ia.inbox_id = i.id and ia.agent_id = a.id)))
); end
$$;
