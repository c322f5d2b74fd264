-- The conversation that an actor wants to read, without a lock. One they may not see is told not to exist.
create or replace function visible_conversation(in_actor_type text, in_actor_id uuid, in_conversation_id uuid) returns conversations
language plpgsql stable
as $$
declare
  conversation conversations;
begin
  select * into conversation from conversations where id = in_conversation_id;
  if not found or not sees_conversation(in_actor_type, in_actor_id, conversation) then
    perform refuse('not_found', 'no such conversation');
  end if;
  return conversation;
end
$$;
