-- Notes on which page a contact is, where their inbox tracks that: the last twenty steps.
create or replace function visit_page(in_contact_id uuid, in_inbox_id uuid, in_url text, in_title text) returns void
language plpgsql
as $$
declare
  max_steps constant int := 20;
  inbox inboxes;
begin
  select * into strict inbox from inboxes i where i.id = in_inbox_id;
  if not coalesce((inbox.settings ->> 'tracksPages')::boolean, true) then
    return;
  end if;
  update contact_pages p set title = in_title, seen_at = now()
  where p.url = in_url
    and p.id = (select l.id from contact_pages l where l.contact_id = in_contact_id order by l.id desc limit 1);
  if found then
    return;
  end if;
  insert into contact_pages (workspace_id, contact_id, url, title)
  values (inbox.workspace_id, in_contact_id, in_url, in_title);
  delete from contact_pages p
  where p.contact_id = in_contact_id
    and p.id not in (select l.id from contact_pages l where l.contact_id = in_contact_id order by l.id desc limit max_steps);
end
$$;
