-- ConversationHead of sdk/protocol/conversation.ts, with the lists it stands in. `internal` is false for a contact,
-- who has no second log. In the order given.
create or replace function wire_heads(ids uuid[], internal boolean) returns table (wire jsonb, inbox_id uuid, contact_id uuid)
language plpgsql stable
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
begin
  return query
  select jsonb_build_object(
    'conversationId', c.id,
    'inboxId', c.inbox_id,
    'seq', h.last_seq,
    'internalSeq', case when internal then h.last_internal_seq else 0 end,
    'epoch', h.epoch,
    'messageNo', h.last_message_no,
    'subject', c.subject,
    'status', c.status,
    'routingState', case when c.assignee_id is null then 'unassigned' else 'assigned' end,
    'priority', c.priority,
    'assigneeId', c.assignee_id,
    'assigneeName', a.name,
    'teamId', c.team_id,
    'contact', jsonb_build_object('id', p.id, 'name', p.name),
    'lastMessage', case when m.id is not null then jsonb_build_object(
      'preview', left(m.body, 140),
      'author', wire_actor(m.author_type, m.author_id, ma.name, mp.name),
      'at', wire_time(m.created_at)) end,
    'createdAt', wire_time(c.created_at)), c.inbox_id, c.contact_id
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
