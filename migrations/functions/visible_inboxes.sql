-- Ids of the inboxes an agent sees.
create or replace function visible_inboxes(in_agent_id uuid) returns uuid[]
language sql stable
as $$
  select array(select i.id from inboxes i where agent_sees_inbox(in_agent_id, i.id))
$$;
