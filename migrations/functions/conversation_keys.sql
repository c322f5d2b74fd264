-- One page of a view as keys, newest activity first: `place` is what it is ordered by, ties go by id. An
-- agent's resolved ones stand by when they were resolved, all others by their last message, whose id
-- begins with its time.
create or replace function conversation_keys(
  in_actor_type text, in_actor_id uuid, in_view text, inbox_ids uuid[], before_place text, before_id uuid, max_items int
) returns table (id uuid, place text)
language plpgsql stable
as $$
begin
  if in_actor_type = 'agent' and in_view = 'resolved' then
    return query select r.id, r.place from resolved_conversations(inbox_ids, before_place, before_id, max_items) r;
  else
    return query
    select c.id, coalesce(h.last_message_id, c.id)::text
    from viewed_conversations(in_actor_type, in_actor_id, in_view, inbox_ids) c
    join conversation_heads h on h.conversation_id = c.id
    where before_id is null or (coalesce(h.last_message_id, c.id), c.id) < (before_place::uuid, before_id)
    order by coalesce(h.last_message_id, c.id) desc, c.id desc
    limit max_items;
  end if;
end
$$;
