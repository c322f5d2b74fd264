-- Whether an author is the actor, or was a visitor who turned out to be this contact.
create or replace function is_same_actor(author_type text, author_id uuid, actor_type text, actor_id uuid) returns boolean
language sql stable
as $$
  select coalesce(author_type = actor_type and (
    author_id = actor_id
    or author_type = 'contact' and exists (select 1 from contacts c where c.id = author_id and c.merged_into = actor_id)), false)
$$;
