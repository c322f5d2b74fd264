-- ContactRecord of sdk/protocol/contact.ts.
create or replace function wire_contact_record(c contacts) returns jsonb
language sql stable
as $$
  select wire_contact(c) || jsonb_build_object(
    'externalId', c.external_id,
    'attributes', c.attributes,
    'createdAt', wire_time(c.created_at))
$$;
