-- What changed for an actor since their cursors: the heads of their lists, and the logs they have open.
-- Stable, so that every part of the answer comes from one snapshot.
-- A cursor that is null, of another epoch, of a future that a restore took back, or older than the resolved
-- conversations a list still hears of, is answered with a reset: the newest heads instead of the changed ones.
-- -> SyncAnswer without serverTime, syncAfterMs and reconnectWindowMs
create or replace function sync(
  in_workspace_id uuid, in_actor_type text, in_actor_id uuid, in_cursor text, in_open jsonb, max_heads int, max_events int
) returns jsonb
language plpgsql stable
as $$
declare
  usable boolean := coalesce(
    split_part(in_cursor, '.', 1) = (select w.list_epoch::text from workspaces w where w.id = in_workspace_id)
    and split_part(in_cursor, '.', 2)::xid8 <= pg_snapshot_xmax(pg_current_snapshot())
    and split_part(in_cursor, '.', 3)::bigint > extract(epoch from now() - interval '1 day'), false);
  since xid8 := case when usable then split_part(in_cursor, '.', 2)::xid8 end;
  changed uuid[];
begin
  if usable then
    changed := array(
      select c.id
      from listed_conversations(in_actor_type, in_actor_id) c
      join conversation_heads h on h.conversation_id = c.id
      left join participants p on p.conversation_id = c.id and p.actor_id = in_actor_id
      where h.last_xid >= since or p.last_xid >= since);
    usable := cardinality(changed) <= max_heads;
  end if;
  if not usable then
    changed := array(
      select c.id
      from listed_conversations(in_actor_type, in_actor_id) c
      join conversation_heads h on h.conversation_id = c.id
      where in_actor_type = 'contact' or c.status <> 'resolved'
      order by h.last_message_id desc nulls last, c.id desc
      limit max_heads);
  end if;

  return jsonb_build_object(
    'cursor', list_cursor(in_workspace_id),
    'reset', not usable,
    'heads', (select coalesce(jsonb_agg(h.wire), '[]') from wire_heads(changed, in_actor_type = 'agent') h),
    'receipts', own_receipts(in_actor_id, changed),
    'open', (
      select coalesce(jsonb_agg(log order by o.place) filter (where log is not null), '[]')
      from jsonb_array_elements(in_open) with ordinality o(asked, place)
      cross join lateral sync_log(in_actor_type, in_actor_id, o.asked, max_events) log));
end
$$;
