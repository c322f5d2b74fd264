-- Topics on which an actor's lists, and those of some conversations that they may see, tell of changes.
create or replace function heard_topics(in_actor_type text, in_actor_id uuid, conversation_ids uuid[]) returns setof text
language sql stable
as $$
  select 'contact:' || in_actor_id where in_actor_type = 'contact'
  union all
  select 'inbox:' || inbox_id from unnest(visible_inboxes(in_actor_id)) inbox_id
  where in_actor_type = 'agent'
  union all
  select 'conversation:' || c.id from conversations c
  where c.id = any (conversation_ids) and sees_conversation(in_actor_type, in_actor_id, c)
$$;
