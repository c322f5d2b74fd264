-- An agent takes a conversation, gives it back, or (supervisors) gives it to someone.
-- Taking what another holds is refused, so that two agents never both believe it is theirs.
-- -> { head, events }
create or replace function assign_conversation(in_agent_id uuid, in_conversation_id uuid, in_assignee_id uuid) returns jsonb
language plpgsql
as $$
declare
  conversation conversations;
  supervises boolean := exists (select 1 from agents a where a.id = in_agent_id and a.role <> 'agent');
  written events[] := '{}';
begin
  -- agents before counters: the order of locks everywhere
  perform 1 from agents a where a.id in (in_agent_id, in_assignee_id) order by a.id for no key update;
  conversation := lock_conversation('agent', in_agent_id, in_conversation_id);

  if conversation.assignee_id is distinct from in_assignee_id then
    if not supervises and in_assignee_id is not null and in_assignee_id <> in_agent_id then
      perform refuse('forbidden', 'only a supervisor gives a conversation to someone else');
    end if;
    if not supervises and conversation.assignee_id is not null and conversation.assignee_id <> in_agent_id then
      perform refuse('already_assigned', 'another agent has this conversation');
    end if;
    if in_assignee_id is not null and not agent_sees_inbox(in_assignee_id, conversation.inbox_id) then
      perform refuse('not_found', 'no such agent in this inbox');
    end if;
    written := array[change_assignee(conversation, 'agent', in_agent_id, in_assignee_id, case when in_assignee_id is null then 'released' else 'claimed' end)];
    perform publish_events(written);
  end if;
  return wire_act(conversation.id, written);
end
$$;
