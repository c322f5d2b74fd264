-- Messages next to a seq, on one side of it, always answered in order of seq; without a seq the newest.
-- -> MessagePage of sdk/protocol/routes.ts
create or replace function message_page(
  in_actor_type text, in_actor_id uuid, in_conversation_id uuid, before_seq bigint, in_after_seq bigint, max_items int
) returns jsonb
language plpgsql stable
as $$
declare
  conversation conversations := read_conversation(in_actor_type, in_actor_id, in_conversation_id);
  picked messages[];
begin
  if in_after_seq is not null then
    picked := array(
      select m
      from messages m
      where m.conversation_id = conversation.id and m.log = 'public' and m.seq > in_after_seq
      order by m.seq
      limit max_items + 1);
  else
    picked := array(
      select m
      from messages m
      where m.conversation_id = conversation.id and m.log = 'public' and (before_seq is null or m.seq < before_seq)
      order by m.seq desc
      limit max_items + 1);
  end if;
  return (
    select jsonb_build_object(
      'items', (select coalesce(jsonb_agg(wire_message(m) order by m.seq), '[]') from unnest(picked[:max_items]) m),
      'hasMore', cardinality(picked) > max_items,
      'head', h.last_seq,
      'epoch', h.epoch)
    from conversation_heads h
    where h.conversation_id = conversation.id);
end
$$;
