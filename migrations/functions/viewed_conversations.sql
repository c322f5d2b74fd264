-- The conversations of a view in some inboxes, which the actor sees; of a contact only their own. An
-- agent's `resolved` is not here: it is read in another order.
create or replace function viewed_conversations(in_actor_type text, in_actor_id uuid, in_view text, inbox_ids uuid[]) returns setof conversations
language sql stable
as $$
  select c.* from conversations c
  where in_actor_type = 'contact'
    and c.contact_id = in_actor_id
    and c.inbox_id = any (inbox_ids)
    and (in_view = 'all' or (in_view = 'resolved') = (c.status = 'resolved'))
  union all
  select c.* from conversations c
  where in_actor_type = 'agent'
    and in_view <> 'resolved'
    and c.inbox_id = any (inbox_ids)
    and c.status <> 'resolved'
    and (in_view <> 'mine' or c.assignee_id = in_actor_id)
    and (in_view <> 'unassigned' or c.assignee_id is null)
  union all
  select c.* from conversations c
  where in_actor_type = 'agent'
    and in_view = 'all'
    and c.inbox_id = any (inbox_ids)
    and c.status = 'resolved'
$$;
