-- Takes the write lock of a conversation (its counter row), then reads the conversation as it stands
-- under the lock. An actor who may not see it is told that it does not exist.
create or replace function lock_conversation(actor_type text, actor_id uuid, in_conversation_id uuid) returns conversations
language plpgsql
as $$
declare
  conversation conversations;
begin
  perform 1 from conversation_heads where conversation_id = in_conversation_id for no key update;
  select * into conversation from conversations where id = in_conversation_id;
  if not found or not sees_conversation(actor_type, actor_id, conversation) then
    perform refuse('not_found', 'no such conversation');
  end if;
  return conversation;
end
$$;
