-- Message of sdk/protocol/message.ts, of what the caller has looked up: a part of its query.
create or replace function wire_message(
  id uuid, seq bigint, message_no bigint, rev_seq bigint, kind text, author text, body text, key uuid, created_at timestamptz
) returns text
language sql stable
as $$
  select concat(
    '{"id": "', id,
    '", "seq": ', seq,
    ', "messageNo": ', message_no,
    ', "revSeq": ', rev_seq,
    ', "kind": "', kind,
    '", "author": ', author,
    ', "body": ', to_json(body),
    ', "idempotencyKey": "', key,
    '", "createdAt": "', wire_time(created_at),
    '"}')
$$;

-- The present state of a row, whose author's name the caller has looked up.
create or replace function wire_message(m messages, author_name text) returns jsonb
language sql stable
as $$
  select wire_message(m.id, m.seq, m.message_no, m.rev_seq, m.kind, wire_actor(m.author_type, m.author_id, author_name),
      m.body, m.idempotency_key, m.created_at)::jsonb
    -- most have none of these, and a frame is small
    || case when m.rev_seq = m.seq and m.reply_to_id is null then '{}' else jsonb_strip_nulls(jsonb_build_object(
      'replyToId', m.reply_to_id,
      'editedAt', wire_time(m.edited_at),
      'deletedAt', wire_time(m.deleted_at),
      'reactions', nullif(m.reactions, '[]'))) end
$$;

create or replace function wire_message(m messages) returns jsonb
language plpgsql stable
as $$
begin return (
  select wire_message(m, coalesce(a.name, c.name))
  from (select) one
  left join agents a on a.id = m.author_id
  left join contacts c on c.id = m.author_id
); end
$$;
