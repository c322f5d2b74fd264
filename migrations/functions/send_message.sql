-- The only door by which a message enters a conversation. Lock first, look second.
--   1. one writer per conversation at a time: its counter row stays locked until commit
--   2. a key that this actor used before answers with what it wrote then
--   3. the next seq, the message, and what follows from it: a contact's message reopens a resolved
--      conversation (or, after the reopening window, starts one that follows it); an agent's first
--      reply to an unassigned conversation claims it
-- -> { event, replayed }
create or replace function send_message(
  in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_key uuid, in_body text, in_reply_to_id uuid default null
) returns jsonb
language plpgsql
as $$
declare
  conversation conversations;
  known events;
  written events[];
begin
  conversation := lock_conversation(in_actor_type, in_actor_id, in_conversation_id);

  known := known_event(conversation.id, in_actor_id, in_key, message_hash(in_body, in_reply_to_id));
  if known.seq is not null then
    return jsonb_build_object('event', wire_event(known), 'replayed', true);
  end if;

  if in_reply_to_id is not null then
    perform check_reply(conversation, in_reply_to_id);
  end if;

  if in_actor_type = 'contact' then
    if exists (select 1 from contacts c where c.id = in_actor_id and c.blocked_at is not null) then
      perform refuse('forbidden', 'this contact is blocked');
    end if;
    if conversation.status = 'resolved'
      and conversation.resolved_at < now() - (select i.reopen_window from inboxes i where i.id = conversation.inbox_id) then
      return follow_conversation(conversation, in_key, in_body, in_reply_to_id);
    end if;
  end if;

  written := array[write_message(conversation.id, in_actor_type, in_actor_id, in_key, in_body, in_reply_to_id)];
  if in_actor_type = 'contact' and conversation.status in ('resolved', 'snoozed') then
    written := written || change_status(conversation, 'contact', in_actor_id, 'open', 'contact_replied');
  end if;
  if in_actor_type = 'agent' and conversation.assignee_id is null and conversation.status <> 'resolved' then
    written := written || change_assignee(conversation, 'agent', in_actor_id, in_actor_id, 'first_reply');
  end if;
  return jsonb_build_object('event', (publish_events(written))[1], 'replayed', false);
end
$$;
