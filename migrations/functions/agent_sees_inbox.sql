-- An active agent sees the inboxes they are a member of; a supervisor and above all of their workspace.
create or replace view parley.seen_inboxes as
  select a.id as agent_id, i.id as inbox_id
  from agents a
  join inboxes i on i.workspace_id = a.workspace_id
  where a.deactivated_at is null
    and (a.role <> 'agent'
      or exists (select 1 from inbox_agents ia where ia.inbox_id = i.id and ia.agent_id = a.id));

create or replace function agent_sees_inbox(in_agent_id uuid, in_inbox_id uuid) returns boolean
language plpgsql stable
as $$
begin return exists (select 1 from parley.seen_inboxes s where s.agent_id = in_agent_id and s.inbox_id = in_inbox_id); end
$$;
