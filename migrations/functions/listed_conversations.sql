-- Conversations that stand in an actor's lists: all of a contact's own; for an agent those of their
-- inboxes that are not resolved, or were resolved lately (a list must hear that it loses a row).
create or replace function listed_conversations(in_actor_type text, in_actor_id uuid) returns setof conversations
language sql stable
as $$
  select c.* from conversations c
  where in_actor_type = 'contact' and c.contact_id = in_actor_id
  union all
  select c.* from conversations c
  where in_actor_type = 'agent'
    and c.inbox_id = any (visible_inboxes(in_actor_id))
    and c.status <> 'resolved'
  union all
  select c.* from conversations c
  where in_actor_type = 'agent'
    and c.inbox_id = any (visible_inboxes(in_actor_id))
    and c.status = 'resolved'
    and c.resolved_at > now() - interval '2 days'
$$;
