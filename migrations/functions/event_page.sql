-- The public log after a seq. -> EventPage of sdk/protocol/routes.ts
create or replace function event_page(
  in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_after bigint, max_items int
) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'items', page.items,
    'hasMore', h.last_seq > in_after + jsonb_array_length(page.items),
    'head', h.last_seq,
    'epoch', h.epoch)
  from read_conversation(in_actor_type, in_actor_id, in_conversation_id) c
  join conversation_heads h on h.conversation_id = c.id
  cross join lateral (select log_page(c.id, 'public', in_after, max_items) as items) page
$$;
