-- VisitorExport of sdk/protocol/contact.ts: all that is known of a contact, and nothing that only agents see.
create or replace function export_contact(in_contact_id uuid) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'contact', wire_contact_record(c),
    'consent', case when c.consented_at is not null
      then jsonb_build_object('at', wire_time(c.consented_at), 'text', c.consent_text) end,
    'pages', wire_pages(c.id),
    'conversations', (
      select coalesce(jsonb_agg(wire_head(v.id, false) || jsonb_build_object(
        'messages', (
          select coalesce(jsonb_agg(wire_message(m) order by m.seq), '[]')
          from messages m
          where m.conversation_id = v.id and m.log = 'public'),
        'ratings', (
          select coalesce(jsonb_agg(
            jsonb_build_object('score', r.score, 'comment', r.comment, 'at', wire_time(r.changed_at)) order by r.resolved_seq), '[]')
          from ratings r
          where r.conversation_id = v.id)) order by v.id), '[]')
      from conversations v
      where v.contact_id = c.id))
  from contacts c
  where c.id = in_contact_id
$$;
