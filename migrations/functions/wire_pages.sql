-- PageVisit[] of sdk/protocol/contact.ts: where a contact was, the latest first.
create or replace function wire_pages(in_contact_id uuid) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(
    jsonb_build_object('url', p.url, 'title', p.title, 'at', wire_time(p.seen_at)) order by p.id desc), '[]')
  from contact_pages p
  where p.contact_id = in_contact_id
$$;
