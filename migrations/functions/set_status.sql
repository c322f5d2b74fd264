-- An agent resolves a conversation, or reopens it. Being there already changes nothing.
-- -> { head, events }
create or replace function set_status(in_agent_id uuid, in_conversation_id uuid, in_status text) returns jsonb
language plpgsql
as $$
declare
  conversation conversations;
  written events[] := '{}';
begin
  conversation := lock_conversation('agent', in_agent_id, in_conversation_id);
  if conversation.status <> in_status then
    written := array[change_status(conversation, 'agent', in_agent_id, in_status, case in_status when 'resolved' then 'resolved' else 'reopened' end)];
    perform publish_events(written);
  end if;
  return wire_act(conversation.id, written);
end
$$;
