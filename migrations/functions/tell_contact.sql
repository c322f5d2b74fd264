-- Tells the agents that something of a contact changed: by the internal log of each conversation that stands in
-- their lists, so that its head is a newer one. The caller has locked the contact, which comes before its counters.
create or replace function tell_contact(in_contact_id uuid, fields text[]) returns void
language plpgsql
as $$
declare
  ids uuid[] := array(
    select c.id from conversations c
    where c.contact_id = in_contact_id
      and (c.status <> 'resolved' or c.resolved_at > now() - interval '2 days'));
begin
  if cardinality(ids) = 0 then
    return;
  end if;
  perform 1 from conversation_heads h where h.conversation_id = any (ids) order by h.conversation_id for no key update;
  perform publish_events(array(
    select append_event(id, 'internal', 'contact.changed', 'contact', in_contact_id, null, null, null,
      jsonb_build_object('fields', fields))
    from unnest(ids) id));
end
$$;
