-- Drafts whose conversations are locked, in their order; plain are those from which nothing but a message follows:
-- their author may write to it, the key is new, and nothing is quoted, reopened, followed or claimed. All of a
-- conversation or none, so that their order holds.
create or replace function told_apart(drafts messages[], locked uuid[]) returns table (draft messages, place int, is_plain boolean)
language plpgsql stable
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
begin
  return query
  select d.m, d.place::int, bool_and(
    d.turn = 1
    and (d.m).reply_to_id is null
    and sees_conversation((d.m).author_type, (d.m).author_id, c)
    and case when (d.m).author_type = 'contact'
      then c.status in ('pending', 'open')
        and not exists (select 1 from contacts p where p.id = (d.m).author_id and p.blocked_at is not null)
        -- whose keys may be of before it was known who they are
        and not exists (select 1 from contacts p where p.merged_into = (d.m).author_id)
      else c.status = 'resolved' or c.assignee_id is not null
    end
    and not exists (
      select 1 from events e
      where e.conversation_id = c.id and e.actor_id = (d.m).author_id and e.idempotency_key = (d.m).idempotency_key)
    ) over (partition by c.id)
  from (
    select given.*,
      row_number() over (partition by (m).conversation_id, (m).author_id, (m).idempotency_key order by given.place) as turn
    from (select m, row_number() over () as place from unnest(drafts) m) given
  ) d
  join conversations c on c.id = (d.m).conversation_id
  where c.id = any (locked)
  order by d.place;
end
$$;
