-- Stores new messages in conversations that this transaction has locked, in the order given, and moves their
-- authors' own marks past them. Read of each are conversation, author, key and what was written; its id and
-- its place in the log are given here. -> their events, in that order
create or replace function write_messages(new messages[]) returns events[]
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  written events[];
begin
  with placed as (
    select
      given.m,
      given.place,
      uuid_v7() as id,
      h.workspace_id,
      h.last_seq + row_number() over of_conversation as seq,
      h.last_message_no + row_number() over of_conversation as message_no
    from (select m, row_number() over () as place from unnest(new) m) given
    join conversation_heads h on h.conversation_id = (given.m).conversation_id
    window of_conversation as (partition by (given.m).conversation_id order by given.place)
  ), moved as (
    update conversation_heads h set
      last_seq = last.seq,
      last_message_no = last.message_no,
      last_message_id = last.id,
      last_xid = pg_current_xact_id()
    from (select distinct on ((m).conversation_id) * from placed order by (m).conversation_id, place desc) last
    where h.conversation_id = (last.m).conversation_id
  ), stored as (
    insert into messages (id, workspace_id, conversation_id, log, seq, message_no, rev_seq, author_type, author_id, body, idempotency_key, reply_to_id)
    select id, workspace_id, (m).conversation_id, 'public', seq, message_no, seq, (m).author_type, (m).author_id, (m).body, (m).idempotency_key, (m).reply_to_id
    from placed
  ), marked as (
    insert into participants as p (conversation_id, actor_id, workspace_id, actor_type, delivered_seq, read_seq, read_message_no)
    select distinct on ((m).conversation_id, (m).author_id)
      (m).conversation_id, (m).author_id, workspace_id, (m).author_type, seq, seq, message_no
    from placed
    order by (m).conversation_id, (m).author_id, place desc
    on conflict (conversation_id, actor_id) do update set
      delivered_seq = excluded.delivered_seq,
      read_seq = excluded.read_seq,
      read_message_no = excluded.read_message_no,
      last_xid = pg_current_xact_id()
  ), logged as (
    insert into events as e (conversation_id, log, seq, workspace_id, type, actor_type, actor_id, idempotency_key, payload_hash, message_id)
    select (m).conversation_id, 'public', seq, workspace_id, 'message.created', (m).author_type, (m).author_id,
      (m).idempotency_key, message_hash((m).body, (m).reply_to_id), id
    from placed
    order by place
    -- as a row of its type: one of no type would become an event by way of text
    returning e as event
  )
  select array_agg(l.event) into written from logged l;
  return written;
end
$$;
