-- ConversationHead of sdk/protocol/conversation.ts, of what the caller has looked up: a part of its query.
create or replace function wire_head(
  c conversations, seq bigint, internal_seq bigint, message_no bigint, epoch uuid, assignee_name text, contact_name text, last_message text
) returns text
language sql stable
as $$
  select concat(
    '{"conversationId": "', c.id,
    '", "inboxId": "', c.inbox_id,
    '", "seq": ', seq,
    ', "internalSeq": ', internal_seq,
    ', "epoch": "', epoch,
    '", "messageNo": ', message_no,
    ', "subject": ', coalesce(to_json(c.subject)::text, 'null'),
    ', "status": "', c.status,
    '", "routingState": "', case when c.assignee_id is null then 'unassigned' else 'assigned' end,
    '", "priority": "', c.priority,
    '", "assigneeId": ', coalesce('"' || c.assignee_id || '"', 'null'),
    ', "assigneeName": ', coalesce(to_json(assignee_name)::text, 'null'),
    ', "teamId": ', coalesce('"' || c.team_id || '"', 'null'),
    ', "contact": {"id": "', c.contact_id,
    '", "name": ', coalesce(to_json(contact_name)::text, 'null'),
    '}, "lastMessage": ', coalesce(last_message, 'null'),
    ', "createdAt": "', wire_time(c.created_at),
    '"}')
$$;

-- Its `lastMessage`.
create or replace function wire_last_message(body text, author text, at timestamptz) returns text
language sql stable
as $$ select concat('{"preview": ', to_json(left(body, 140)), ', "author": ', author, ', "at": "', wire_time(at), '"}') $$;

-- The wire_heads of one.
create or replace function wire_head(in_conversation_id uuid, internal boolean) returns jsonb
language plpgsql stable
as $$ begin return (select h.wire from wire_heads(array[in_conversation_id], internal) h); end $$;
