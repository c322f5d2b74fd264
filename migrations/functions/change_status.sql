-- Moves a locked conversation to another status and writes it in the log.
create or replace function change_status(
  conversation conversations, in_actor_type text, in_actor_id uuid, to_status text, reason text
) returns events
language plpgsql
as $$
begin
  update conversations set
    status = to_status,
    resolved_at = case when to_status = 'resolved' then now() end
  where id = conversation.id;
  return append_event(conversation.id, 'public', 'conversation.status_changed', in_actor_type, in_actor_id, null, null, null,
    jsonb_build_object('from', conversation.status, 'to', to_status, 'reason', reason));
end
$$;
