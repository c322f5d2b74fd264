-- A contact writes to a conversation resolved too long ago: the message starts the one that follows it,
-- or goes to the one that already does. The caller holds the lock of the old one, which orders these.
-- -> { event, replayed }
create or replace function follow_conversation(old conversations, in_key uuid, in_body text, in_reply_to_id uuid) returns jsonb
language plpgsql
as $$
declare
  conversation conversations;
begin
  select * into conversation from conversations c where c.follows_id = old.id order by c.id limit 1;
  if found then
    return send_message('contact', old.contact_id, conversation.id, in_key, in_body, in_reply_to_id);
  end if;
  conversation := open_conversation(old.workspace_id, old.inbox_id, old.contact_id, uuid_v7(), body_hash(in_body),
    old.subject, old.id, in_key, in_body, in_reply_to_id);
  return jsonb_build_object('event', log_page(conversation.id, 'public', 1, 1) -> 0, 'replayed', false);
end
$$;
