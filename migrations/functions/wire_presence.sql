-- Presence of sdk/protocol/presence.ts: the other side of a conversation, as the actor may know of it. A visitor
-- is told who answers them and whether that one is there, or else whether anybody is; never since when not.
create or replace function wire_presence(in_actor_type text, c conversations) returns jsonb
language plpgsql stable
as $$
declare
  is_agent boolean := in_actor_type = 'agent';
  other_id uuid := case when is_agent then c.contact_id else c.assignee_id end;
  other presences;
  state text;
  other_name text := case
    when is_agent then (select k.name from contacts k where k.id = other_id)
    else (select a.name from agents a where a.id = other_id)
  end;
begin
  select * into other from presences p where p.actor_id = other_id;
  state := case when other_id is null then inbox_presence(c.inbox_id) else presence_state(other) end;
  return jsonb_build_object(
    'conversationId', c.id,
    'name', other_name,
    'state', state,
    'lastSeenAt', case when is_agent and state <> 'online' then wire_time(other.seen_at) end);
end
$$;
