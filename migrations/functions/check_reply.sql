-- A reply quotes a message of its own conversation, or of one that it goes on from.
create or replace function check_reply(conversation conversations, in_reply_to_id uuid) returns void
language plpgsql
as $$
begin
  if not exists (
    with recursive past as (
      select conversation.id as id, conversation.follows_id as follows_id
      union
      select c.id, c.follows_id from conversations c join past on c.id = past.follows_id)
    select 1 from messages m join past on past.id = m.conversation_id
    where m.id = in_reply_to_id and m.log = 'public') then
    perform refuse('invalid_request', 'replyToId is not a message of this conversation');
  end if;
end
$$;
