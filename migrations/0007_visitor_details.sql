-- What a visitor says of themselves, agrees to and takes back.
alter table contacts
  -- what they agreed to, as it was shown, and when
  add column consented_at timestamptz,
  add column consent_text text,
  -- what an identity token said and they cannot say otherwise: `name`, `email`, `attributes.KEY`
  add column proved text[] not null default '{}',
  -- nothing that was theirs is left in this row
  add column erased_at timestamptz,
  add constraint contacts_consent check ((consented_at is null) = (consent_text is null));
