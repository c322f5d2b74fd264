-- The conversation if the actor sees it, else a refusal; for reads, which take no lock.
create or replace function read_conversation(actor_type text, actor_id uuid, in_conversation_id uuid) returns conversations
language plpgsql stable
as $$
declare
  conversation conversations;
begin
  select * into conversation from conversations where id = in_conversation_id;
  if not found or not sees_conversation(actor_type, actor_id, conversation) then
    perform refuse('not_found', 'no such conversation');
  end if;
  return conversation;
end
$$;
