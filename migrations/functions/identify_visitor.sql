-- A host site proves who a visitor is: finds or makes the contact of that external id, and gives them a session.
-- What a visitor nobody knew has written so far becomes theirs; two whom sites have proved stay two.
-- `claims` are those of an identity token, checked. `in_visitor_id` is null for who has no session yet.
-- -> { sessionId, contact }
create or replace function identify_visitor(in_inbox_id uuid, in_visitor_id uuid, claims jsonb, in_secret_hash bytea) returns jsonb
language plpgsql
as $$
declare
  workspace constant uuid := (select i.workspace_id from inboxes i where i.id = in_inbox_id);
  visitor contacts;
  before contacts;
  contact contacts;
  merges boolean;
  session_id uuid;
begin
  -- contacts before counters, whoever is to be an alias first; counters by id, all of them at once
  select * into visitor from contacts c where c.id = in_visitor_id for no key update;
  insert into contacts (workspace_id, external_id) values (workspace, claims ->> 'sub')
  on conflict on constraint contacts_external_id_unique do nothing;
  select * into strict before from contacts c
  where c.workspace_id = workspace and c.external_id = claims ->> 'sub'
  for no key update;
  merges := visitor.external_id is null and visitor.merged_into is null and visitor.erased_at is null and visitor.id is not null;
  perform 1 from conversation_heads h
  where h.conversation_id in (
    select c.id from conversations c where c.contact_id in (before.id, case when merges then visitor.id end))
  order by h.conversation_id
  for no key update;

  update contacts c set
    name = coalesce(claims ->> 'name', c.name),
    email = coalesce(claims ->> 'email', c.email),
    attributes = jsonb_strip_nulls(c.attributes || coalesce(claims -> 'attributes', '{}')),
    verified_at = coalesce(c.verified_at, now()),
    proved = array(
      select field from unnest(c.proved) field
      union
      select field from unnest(array['name', 'email']) field where claims ? field
      union
      select 'attributes.' || k from jsonb_object_keys(coalesce(claims -> 'attributes', '{}')) k)
  where c.id = before.id
  returning * into contact;
  if merges then
    contact := merge_contact(visitor, contact);
  else
    perform tell_change(before, contact);
  end if;
  insert into contact_sessions (workspace_id, contact_id, inbox_id, secret_hash)
  values (workspace, contact.id, in_inbox_id, in_secret_hash)
  returning id into session_id;
  return jsonb_build_object('sessionId', session_id, 'contact', wire_contact(contact));
end
$$;
