-- Gives a locked conversation to an agent, or to nobody, and writes it in the log.
create or replace function change_assignee(
  conversation conversations, in_actor_type text, in_actor_id uuid, in_assignee_id uuid, reason text
) returns events
language plpgsql
as $$
begin
  update conversations set assignee_id = in_assignee_id where id = conversation.id;
  if in_assignee_id is null then
    return append_event(conversation.id, 'public', 'conversation.unassigned', in_actor_type, in_actor_id, null, null, null,
      jsonb_build_object('reason', reason));
  end if;
  return append_event(conversation.id, 'public', 'conversation.assigned', in_actor_type, in_actor_id, null, null, null,
    jsonb_build_object(
      'assigneeId', in_assignee_id,
      'assigneeName', (select a.name from agents a where a.id = in_assignee_id),
      'reason', reason));
end
$$;
