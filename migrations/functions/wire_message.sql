-- Message of sdk/protocol/message.ts: the present state of a row. The caller looks up the author's name, so that
-- this becomes part of its query.
create or replace function wire_message(m messages, author_name text) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'id', m.id,
    'seq', m.seq,
    'messageNo', m.message_no,
    'revSeq', m.rev_seq,
    'kind', m.kind,
    'author', wire_actor(m.author_type, m.author_id, author_name, null),
    'body', m.body,
    'idempotencyKey', m.idempotency_key,
    'createdAt', wire_time(m.created_at))
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
