-- Makes an unknown visitor an alias of a contact, who takes over all that was the visitor's. Events and messages keep
-- who wrote them, so that keys used before are found again. The caller has locked both and the counters of both.
-- -> the contact as they are now
create or replace function merge_contact(visitor contacts, contact contacts) returns contacts
language plpgsql
as $$
declare
  moved uuid[];
begin
  update contacts c set
    name = case when c.name = '' then visitor.name else c.name end,
    email = coalesce(c.email, visitor.email),
    attributes = visitor.attributes || c.attributes,
    consented_at = coalesce(c.consented_at, visitor.consented_at),
    consent_text = coalesce(c.consent_text, visitor.consent_text),
    blocked_at = coalesce(c.blocked_at, visitor.blocked_at)
  where c.id = contact.id
  returning * into contact;
  update contacts c set merged_into = contact.id where c.id = visitor.id;
  update contacts c set name = contact.name where c.merged_into = contact.id;

  with changed as (
    update conversations c set
      contact_id = contact.id,
      -- of two starts under one key the contact's own stays the one that is found
      start_key = case when exists (
          select 1 from conversations o
          where o.inbox_id = c.inbox_id and o.contact_id = contact.id and o.start_key = c.start_key)
        then uuid_v7() else c.start_key end
    where c.contact_id = visitor.id
    returning c.id)
  select array_agg(id) into moved from changed;
  update conversation_heads h set last_xid = pg_current_xact_id() where h.conversation_id = any (moved);
  update participants p set actor_id = contact.id, last_xid = pg_current_xact_id() where p.actor_id = visitor.id;
  update ratings r set contact_id = contact.id where r.conversation_id = any (moved);
  update messages m set
    reactions = replace(m.reactions::text, visitor.id::text, contact.id::text)::jsonb
  where m.conversation_id = any (moved) and m.reactions::text like '%' || visitor.id || '%';
  update contact_sessions s set contact_id = contact.id where s.contact_id = visitor.id;
  delete from presences p where p.actor_id = visitor.id;
  perform tell_contact(contact.id, '{name,email}');
  return contact;
end
$$;
