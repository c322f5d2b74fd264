-- Keys of an agent's resolved conversations before a moment (microseconds), the latest resolved first.
create or replace function resolved_conversations(inbox_ids uuid[], before_place text, before_id uuid, max_items int)
returns table (id uuid, place text)
language sql stable
as $$
  -- inbox by inbox, so that each is read in the order of its index and no further than the page
  select c.id, (extract(epoch from c.resolved_at) * 1000000)::bigint::text
  from (select coalesce('epoch'::timestamptz + before_place::bigint * interval '1 microsecond', 'infinity') as at) before
  cross join unnest(inbox_ids) as inbox(id)
  cross join lateral (
    select r.id, r.resolved_at
    from conversations r
    where r.inbox_id = inbox.id
      and r.status = 'resolved'
      and r.resolved_at <= before.at
      and (r.resolved_at < before.at or r.id < before_id)
    order by r.resolved_at desc, r.id desc
    limit max_items) c
  order by c.resolved_at desc, c.id desc
  limit max_items
$$;
