-- Message of sdk/protocol/message.ts: the present state of a row.
create or replace function wire_message(m messages) returns jsonb
language plpgsql stable
as $$
begin return (
  select jsonb_build_object(
    'id', m.id,
    'seq', m.seq,
    'messageNo', m.message_no,
    'revSeq', m.rev_seq,
    'kind', m.kind,
    'author', wire_actor(m.author_type, m.author_id,
      (select a.name from agents a where a.id = m.author_id),
      (select c.name from contacts c where c.id = m.author_id)),
    'body', m.body,
    'idempotencyKey', m.idempotency_key,
    'createdAt', wire_time(m.created_at))
    -- most have none of these, and a frame is small
    || case when m.rev_seq = m.seq and m.reply_to_id is null then '{}' else jsonb_strip_nulls(jsonb_build_object(
      'replyToId', m.reply_to_id,
      'editedAt', wire_time(m.edited_at),
      'deletedAt', wire_time(m.deleted_at),
      'reactions', nullif(m.reactions, '[]'))) end
); end
$$;
