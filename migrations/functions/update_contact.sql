-- A contact says who they are. What an identity token has proved is not theirs to change.
-- `changes` are ContactChanges of sdk/protocol/contact.ts. -> Contact
create or replace function update_contact(in_contact_id uuid, in_inbox_id uuid, changes jsonb) returns jsonb
language plpgsql
as $$
declare
  max_attributes constant int := 50;
  before contacts;
  contact contacts;
begin
  select * into strict before from contacts c where c.id = in_contact_id for no key update;
  if exists (
    select 1 from unnest(before.proved) field
    where changes ? field or changes -> 'attributes' ? substr(field, length('attributes.') + 1)) then
    perform refuse('forbidden', 'an identity token said this');
  end if;
  update contacts c set
    name = coalesce(changes ->> 'name', c.name),
    email = coalesce(changes ->> 'email', c.email),
    attributes = jsonb_strip_nulls(c.attributes || coalesce(changes -> 'attributes', '{}')),
    consented_at = case when changes ? 'consentedAt' then now() else c.consented_at end,
    consent_text = case when changes ? 'consentedAt'
      then coalesce((select i.settings ->> 'consent' from inboxes i where i.id = in_inbox_id), '')
      else c.consent_text end
  where c.id = in_contact_id
  returning * into contact;
  if changes ? 'attributes' and (select count(*) from jsonb_object_keys(contact.attributes)) > max_attributes then
    perform refuse('invalid_request', 'there are too many attributes');
  end if;
  perform tell_change(before, contact);
  return wire_contact(contact);
end
$$;
