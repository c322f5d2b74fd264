-- Notes that someone is there, and tells who of the other side is, in those of the conversations that they see.
-- A visitor may say on which page they are.
-- A tab out of sight never takes away what one in sight has said.
-- -> PresenceAnswer
create or replace function set_presence(
  in_workspace_id uuid, in_actor_type text, in_actor_id uuid, in_state text, conversation_ids uuid[],
  in_inbox_id uuid, in_page jsonb
) returns jsonb
language plpgsql
as $$
begin
  -- what a crash takes away is said again in 15 s: its commit need not wait for the disk
  perform set_config('synchronous_commit', 'off', true);
  insert into presences as p (actor_id, workspace_id, actor_type, seen_at, heard_at)
  values (in_actor_id, in_workspace_id, in_actor_type, case when in_state = 'online' then now() end, now())
  on conflict (actor_id) do update set
    seen_at = coalesce(excluded.seen_at, p.seen_at),
    heard_at = excluded.heard_at;
  if in_actor_type = 'contact' and in_page is not null then
    perform visit_page(in_actor_id, in_inbox_id, in_page ->> 'url', in_page ->> 'title');
  end if;
  return jsonb_build_object(
    'serverTime', wire_time(now()),
    'people', (
      select coalesce(jsonb_agg(wire_presence(in_actor_type, c) order by c.id), '[]')
      from conversations c
      where c.id = any (conversation_ids) and sees_conversation(in_actor_type, in_actor_id, c)));
end
$$;
