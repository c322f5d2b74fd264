-- The message that an actor is about to change, in a conversation they have locked: of the public log,
-- and not deleted, for a deletion is final.
create or replace function lock_message(conversation conversations, in_actor_type text, in_actor_id uuid, in_message_id uuid) returns messages
language plpgsql
as $$
declare
  message messages;
begin
  select * into message from messages m
  where m.id = in_message_id and m.conversation_id = conversation.id and m.log = 'public';
  if not found then
    perform refuse('not_found', 'no such message');
  end if;
  if in_actor_type = 'contact' and exists (select 1 from contacts c where c.id = in_actor_id and c.blocked_at is not null) then
    perform refuse('forbidden', 'this contact is blocked');
  end if;
  if message.deleted_at is not null then
    perform refuse('gone', 'this message was deleted');
  end if;
  return message;
end
$$;
