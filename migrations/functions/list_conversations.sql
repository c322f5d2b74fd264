-- A page of conversations for a view of an actor, newest first: what is open by its last message, what is
-- resolved by when it was, all by their beginning. Ids are in the order of their making, so they break ties
-- and serve as keys. Stable: page, marks and sync cursor come from one snapshot.
-- -> ConversationPage of sdk/protocol/routes.ts
create or replace function list_conversations(
  in_workspace_id uuid, in_actor_type text, in_actor_id uuid, in_view text, in_inbox_id uuid, in_cursor text, max_items int
) returns jsonb
language plpgsql stable
as $$
declare
  inboxes_seen uuid[] := case in_actor_type when 'agent' then visible_inboxes(in_actor_id) end;
  before_at timestamptz := nullif(split_part(in_cursor, ',', 2), '')::timestamptz;
  before_id uuid := nullif(split_part(in_cursor, ',', 1), '')::uuid;
  picked uuid[];
  next_cursor text;
begin
  if in_view = 'resolved' then
    picked := array(
      select c.id
      from conversations c
      where (case when in_actor_type = 'agent' then c.inbox_id = any (inboxes_seen) else c.contact_id = in_actor_id end)
        and (in_inbox_id is null or c.inbox_id = in_inbox_id)
        and c.status = 'resolved'
        and (in_cursor is null or (c.resolved_at, c.id) < (before_at, before_id))
      order by c.resolved_at desc, c.id desc
      limit max_items + 1);
  elsif in_view = 'all' then
    picked := array(
      select c.id
      from conversations c
      where (case when in_actor_type = 'agent' then c.inbox_id = any (inboxes_seen) else c.contact_id = in_actor_id end)
        and (in_inbox_id is null or c.inbox_id = in_inbox_id)
        and (in_cursor is null or c.id < before_id)
      order by c.id desc
      limit max_items + 1);
  else
    picked := array(
      select c.id
      from conversations c
      join conversation_heads h on h.conversation_id = c.id
      where (case when in_actor_type = 'agent' then c.inbox_id = any (inboxes_seen) else c.contact_id = in_actor_id end)
        and (in_inbox_id is null or c.inbox_id = in_inbox_id)
        and c.status <> 'resolved'
        and (in_view <> 'mine' or c.assignee_id = in_actor_id)
        and (in_view <> 'unassigned' or c.assignee_id is null)
        and (in_cursor is null or h.last_message_id < before_id)
      order by h.last_message_id desc
      limit max_items + 1);
  end if;

  if cardinality(picked) > max_items then
    picked := picked[:max_items];
    select case in_view
      when 'resolved' then c.id || ',' || c.resolved_at
      when 'all' then c.id::text
      else h.last_message_id::text
    end into next_cursor
    from conversations c
    join conversation_heads h on h.conversation_id = c.id
    where c.id = picked[max_items];
  end if;
  return jsonb_build_object(
    'items', (
      select coalesce(jsonb_agg(wire_head(p.id, in_actor_type = 'agent') order by p.place), '[]')
      from unnest(picked) with ordinality p(id, place)),
    'receipts', own_receipts(in_actor_id, picked),
    'nextCursor', next_cursor,
    'syncCursor', list_cursor(in_workspace_id));
end
$$;
