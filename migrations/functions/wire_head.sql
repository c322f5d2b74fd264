-- ConversationHead of sdk/protocol/conversation.ts. `internal` is false for a contact, who has no second log.
create or replace function wire_head(in_conversation_id uuid, internal boolean) returns jsonb
language plpgsql stable
as $$
begin return (
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
    'assigneeName', (select a.name from agents a where a.id = c.assignee_id),
    'teamId', c.team_id,
    'contact', (select jsonb_build_object('id', p.id, 'name', p.name) from contacts p where p.id = c.contact_id),
    'lastMessage', (
      select jsonb_build_object(
        'preview', left(m.body, 140),
        'author', wire_actor(m.author_type, m.author_id,
          (select a.name from agents a where a.id = m.author_id),
          (select p.name from contacts p where p.id = m.author_id)),
        'at', wire_time(m.created_at))
      from messages m
      where m.id = h.last_message_id),
    'createdAt', wire_time(c.created_at))
  from conversations c
  join conversation_heads h on h.conversation_id = c.id
  where c.id = in_conversation_id
); end
$$;
