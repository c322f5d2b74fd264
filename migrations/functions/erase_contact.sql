-- A contact takes back all that is theirs: what they wrote is emptied as deleted messages are, and who they are is
-- forgotten, also under the ids they had as visitors. Their conversations stay, as what agents did.
create or replace function erase_contact(in_contact_id uuid) returns void
language plpgsql
as $$
declare
  persons uuid[];
  ids uuid[];
  one uuid;
begin
  -- the contact before the counters of its conversations
  perform 1 from contacts c where c.id = in_contact_id for no key update;
  persons := in_contact_id || array(select c.id from contacts c where c.merged_into = in_contact_id);
  ids := array(select c.id from conversations c where c.contact_id = in_contact_id);
  perform 1 from conversation_heads h where h.conversation_id = any (ids) order by h.conversation_id for no key update;

  -- first, for what is told below names them
  update contacts c set
    external_id = null,
    name = '',
    email = null,
    attributes = '{}',
    verified_at = null,
    consented_at = null,
    consent_text = null,
    proved = '{}',
    erased_at = now()
  where c.id = any (persons);
  update contact_sessions s set revoked_at = now() where s.contact_id = any (persons) and s.revoked_at is null;
  delete from presences p where p.actor_id = any (persons);
  delete from contact_pages p where p.contact_id = any (persons);
  update ratings r set comment = '' where r.conversation_id = any (ids);
  update conversations c set subject = null where c.id = any (ids);
  update events e set data = e.data || '{"subject": null}'
  where e.conversation_id = any (ids) and e.type = 'conversation.created';
  update events e set data = e.data || '{"comment": ""}'
  where e.conversation_id = any (ids) and e.type = 'conversation.rated';
  foreach one in array ids loop
    perform publish_events(erase_messages(one, in_contact_id));
  end loop;
end
$$;
