-- Contact of sdk/protocol/contact.ts.
create or replace function wire_contact(c contacts) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'id', c.id,
    'name', c.name,
    'email', c.email,
    'verified', c.verified_at is not null,
    'consentedAt', wire_time(c.consented_at),
    'formerIds', array(select f.id from contacts f where f.merged_into = c.id order by f.id desc limit 20))
$$;
