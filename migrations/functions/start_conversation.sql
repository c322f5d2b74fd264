-- A contact opens a conversation with its first message, in one transaction. A known start key answers
-- with the conversation it opened; with another content it is refused.
-- -> { head, events, replayed }
create or replace function start_conversation(
  in_contact_id uuid, in_inbox_id uuid, in_start_key uuid, in_subject text, in_message_key uuid, in_body text
) returns jsonb
language plpgsql
as $$
declare
  max_starts_an_hour constant int := 30;
  contact contacts;
  conversation conversations;
  replayed boolean;
  hash bytea := body_hash(concat_ws(chr(1), in_message_key, in_subject, in_body));
begin
  -- starts of one contact wait for each other here, so that key and limit hold across processes
  select * into contact from contacts where id = in_contact_id for no key update;
  if not found or not exists (select 1 from inboxes i where i.id = in_inbox_id and i.workspace_id = contact.workspace_id) then
    perform refuse('not_found', 'no such inbox');
  end if;
  if contact.blocked_at is not null then
    perform refuse('forbidden', 'this contact is blocked');
  end if;

  select * into conversation from conversations c
  where c.inbox_id = in_inbox_id and c.contact_id = in_contact_id and c.start_key = in_start_key;
  replayed := found;
  if replayed and conversation.start_hash <> hash then
    perform refuse('idempotency_mismatch', 'this idempotency key was used with another content');
  end if;
  if not replayed then
    if (select count(*) from conversations c where c.contact_id = in_contact_id and c.created_at > now() - interval '1 hour') >= max_starts_an_hour then
      perform refuse('rate_limited', 'too many conversations started', 600);
    end if;
    conversation := open_conversation(contact.workspace_id, in_inbox_id, in_contact_id, in_start_key, hash, in_subject, null, in_message_key, in_body);
  end if;
  return jsonb_build_object(
    'head', wire_head(conversation.id, false),
    'events', log_page(conversation.id, 'public', 0, 2),
    'replayed', replayed);
end
$$;
