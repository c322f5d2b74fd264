-- Empties what its contact wrote in a locked conversation. -> the events of it, and one that says the contact is another
create or replace function erase_messages(in_conversation_id uuid, in_contact_id uuid) returns events[]
language plpgsql
as $$
declare
  message messages;
  event events;
  written events[] := '{}';
begin
  for message in
    select * from messages m
    where m.conversation_id = in_conversation_id and m.log = 'public' and m.author_type = 'contact' and m.deleted_at is null
    order by m.seq
  loop
    event := append_event(in_conversation_id, 'public', 'message.deleted', 'contact', in_contact_id, null, null, message.id, null);
    update messages m set body = '', reactions = '[]', deleted_at = now(), rev_seq = event.seq where m.id = message.id;
    written := written || event;
  end loop;
  return written || append_event(in_conversation_id, 'internal', 'contact.changed', 'contact', in_contact_id, null, null, null,
    '{"fields": ["name", "email"]}');
end
$$;
