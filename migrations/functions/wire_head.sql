-- ConversationHead of sdk/protocol/conversation.ts, of what the caller has looked up: a part of its query.
create or replace function wire_head(
  c conversations, seq bigint, internal_seq bigint, message_no bigint, epoch uuid, assignee_name text, contact_name text, last_message json
) returns json
language sql stable
as $$
  select json_build_object(
    'conversationId', c.id,
    'inboxId', c.inbox_id,
    'seq', seq,
    'internalSeq', internal_seq,
    'epoch', epoch,
    'messageNo', message_no,
    'subject', c.subject,
    'status', c.status,
    'routingState', case when c.assignee_id is null then 'unassigned' else 'assigned' end,
    'priority', c.priority,
    'assigneeId', c.assignee_id,
    'assigneeName', assignee_name,
    'teamId', c.team_id,
    'contact', json_build_object('id', c.contact_id, 'name', contact_name),
    'lastMessage', last_message,
    'createdAt', wire_time(c.created_at))
$$;

-- Its `lastMessage`.
create or replace function wire_last_message(body text, author json, at timestamptz) returns json
language sql stable
as $$ select json_build_object('preview', left(body, 140), 'author', author, 'at', wire_time(at)) $$;

-- The wire_heads of one.
create or replace function wire_head(in_conversation_id uuid, internal boolean) returns jsonb
language plpgsql stable
as $$ begin return (select h.wire from wire_heads(array[in_conversation_id], internal) h); end $$;
