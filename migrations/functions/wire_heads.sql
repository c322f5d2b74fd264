-- The head of each conversation, with the lists it stands in. `internal` is false for a contact, who has no second
-- log. In the order given.
create or replace function wire_heads(ids uuid[], internal boolean) returns table (wire jsonb, inbox_id uuid, contact_id uuid)
language plpgsql stable
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
begin
  return query
  select
    wire_head(c, h.last_seq, case when internal then h.last_internal_seq else 0 end, h.last_message_no, h.epoch, a.name, p.name,
      case when m.id is not null then
        wire_last_message(m.body, wire_actor(m.author_type, m.author_id, coalesce(ma.name, mp.name)), m.created_at) end)::jsonb,
    c.inbox_id,
    c.contact_id
  from unnest(ids) with ordinality asked (id, place)
  join conversations c on c.id = asked.id
  join conversation_heads h on h.conversation_id = c.id
  left join agents a on a.id = c.assignee_id
  left join contacts p on p.id = c.contact_id
  left join messages m on m.id = h.last_message_id
  left join agents ma on ma.id = m.author_id
  left join contacts mp on mp.id = m.author_id
  order by asked.place;
end
$$;
