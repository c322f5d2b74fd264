-- A contact changes a message of theirs for as long as the inbox allows; agents have no such end.
create or replace function refuse_late_change(conversation conversations, message messages) returns void
language plpgsql
as $$
begin
  if message.author_type = 'contact'
    and message.created_at < now() - (
      -- as in `defaultInboxSettings`
      select make_interval(mins => coalesce((i.settings ->> 'editMinutes')::int, 15))
      from inboxes i
      where i.id = conversation.inbox_id) then
    perform refuse('forbidden', 'the time to change this message is over');
  end if;
end
$$;
