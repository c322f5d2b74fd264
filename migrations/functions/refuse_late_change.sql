-- A contact changes a message of theirs for as long as the inbox allows; agents have no such end.
create or replace function refuse_late_change(conversation conversations, message messages) returns void
language plpgsql
as $$
begin
  if message.author_type = 'contact'
    and message.created_at < now() - (select i.edit_window from inboxes i where i.id = conversation.inbox_id) then
    perform refuse('forbidden', 'the time to change this message is over');
  end if;
end
$$;
