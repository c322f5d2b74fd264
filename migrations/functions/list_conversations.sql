-- ConversationPage of sdk/protocol/routes.ts. Stable, so that heads, marks and the cursor for sync come
-- from one snapshot: what changes after this page is in the next sync.
create or replace function list_conversations(
  in_workspace_id uuid, in_actor_type text, in_actor_id uuid, in_view text, in_inbox_id uuid,
  before_place text, before_id uuid, max_items int
) returns jsonb
language plpgsql stable
as $$
declare
  inbox_ids uuid[] := array(
    select i.id from inboxes i
    where i.workspace_id = in_workspace_id
      and (in_inbox_id is null or i.id = in_inbox_id)
      and (in_actor_type = 'contact' or i.id = any (visible_inboxes(in_actor_id))));
  ids uuid[];
  places text[];
begin
  if in_inbox_id is not null and cardinality(inbox_ids) = 0 then
    perform refuse('not_found', 'no such inbox');
  end if;
  -- one more than asked for, to know whether there are more
  select array_agg(k.id order by k.row_no), array_agg(k.place order by k.row_no) into ids, places
  from conversation_keys(in_actor_type, in_actor_id, in_view, inbox_ids, before_place, before_id, max_items + 1)
    with ordinality k(id, place, row_no);

  return jsonb_build_object(
    'items', (
      select coalesce(jsonb_agg(h.wire), '[]')
      from wire_heads(ids[:max_items], in_actor_type = 'agent') h),
    'receipts', own_receipts(in_actor_id, ids[:max_items]),
    'nextCursor', case when cardinality(ids) > max_items then places[max_items] || '~' || ids[max_items] end,
    'syncCursor', list_cursor(in_workspace_id));
end
$$;
