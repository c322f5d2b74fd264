-- Stores and tells, by one statement and one commit, those of some drafts from which nothing but a message follows:
-- their author may write here and now, the key is new, and nothing is quoted, reopened, followed or claimed. The
-- others are left, and so are those of a conversation that someone else is writing to, which is not waited for
-- because the rest stays locked meanwhile; each of these goes by send_message. At most one draft of each conversation.
-- `in_teller` is the listening process of the caller. While it is the only one, it tells by itself what is answered, and
-- nothing of it is stored or notified: a commit that notifies waits for every other that does.
-- `offset 0`: else the planner would make one list of all sessions, or of all keys, for a table that was small once.
-- -> of each draft that was stored its place, its event, what is told of it, and whether that was done. `hint` is set
--    where the event is too long to be told whole, `contact_head` where the contact's is not the inbox's
create or replace function store_messages(in_drafts jsonb, in_teller uuid)
returns table (place int, event text, hint text, inbox_id uuid, head text, contact_id uuid, contact_head text, is_told boolean)
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set jit = off
as $$
declare
  locked uuid[] := array(
    select h.conversation_id
    from conversation_heads h
    where h.conversation_id = any (array(select (d ->> 'conversation_id')::uuid from jsonb_array_elements(in_drafts) d))
    for no key update skip locked);
  is_heard_elsewhere boolean := in_teller is null or exists (select 1 from parley.listeners l where l.id <> in_teller);
begin
  return query
  with plain as materialized (
    select
      d.*,
      c,
      h.ctid as head_row,
      h.workspace_id,
      h.epoch,
      h.last_internal_seq,
      h.last_seq + 1 as seq,
      h.last_message_no + 1 as message_no,
      uuid_v7() as id,
      wire_actor(d.author_type, d.author_id, coalesce(a.name, p.name)) as author,
      assignee.name as assignee_name,
      p.name as contact_name
    from rows from (jsonb_to_recordset(in_drafts) as (
        author_type text, author_id uuid, session_id uuid, conversation_id uuid, idempotency_key uuid, body text, reply_to_id uuid))
      with ordinality d (author_type, author_id, session_id, conversation_id, idempotency_key, body, reply_to_id, place)
    join conversations c on c.id = d.conversation_id
    join conversation_heads h on h.conversation_id = c.id
    join contacts p on p.id = c.contact_id
    left join agents a on a.id = d.author_id
    left join agents assignee on assignee.id = c.assignee_id
    where c.id = any (locked)
      and d.reply_to_id is null
      and exists (
        select 1 from parley.standing_sessions s
        where s.actor_type = d.author_type and s.actor_id = d.author_id and s.session_id = d.session_id
        offset 0)
      and case d.author_type
        when 'contact' then c.contact_id = d.author_id
          and c.status in ('pending', 'open')
          and p.blocked_at is null
          -- whose keys may be of before it was known who they are
          and not exists (select 1 from contacts merged where merged.merged_into = d.author_id offset 0)
        else (c.status = 'resolved' or c.assignee_id is not null)
          and exists (
            select 1 from parley.seen_inboxes s
            where s.agent_id = d.author_id and s.inbox_id = c.inbox_id
            offset 0)
      end
      and not exists (
        select 1 from events e
        where e.conversation_id = c.id and e.actor_id = d.author_id and e.idempotency_key = d.idempotency_key
        offset 0)
  ), moved as (
    update conversation_heads h set
      last_seq = n.seq,
      last_message_no = n.message_no,
      last_message_id = n.id,
      last_xid = pg_current_xact_id()
    from plain n
    where h.ctid = n.head_row
  ), stored as (
    insert into messages (id, workspace_id, conversation_id, log, seq, message_no, rev_seq, author_type, author_id, body, idempotency_key)
    select n.id, n.workspace_id, n.conversation_id, 'public', n.seq, n.message_no, n.seq, n.author_type, n.author_id, n.body, n.idempotency_key
    from plain n
  ), logged as (
    insert into events (conversation_id, log, seq, workspace_id, type, actor_type, actor_id, idempotency_key, payload_hash, message_id)
    select n.conversation_id, 'public', n.seq, n.workspace_id, 'message.created', n.author_type, n.author_id,
      n.idempotency_key, message_hash(n.body, null), n.id
    from plain n
  ), marked as (
    insert into participants as p (conversation_id, actor_id, workspace_id, actor_type, delivered_seq, read_seq, read_message_no)
    select n.conversation_id, n.author_id, n.workspace_id, n.author_type, n.seq, n.seq, n.message_no
    from plain n
    on conflict (conversation_id, actor_id) do update set
      delivered_seq = excluded.delivered_seq,
      read_seq = excluded.read_seq,
      read_message_no = excluded.read_message_no,
      last_xid = pg_current_xact_id()
  ), wired as materialized (
    select n.place::int as place, n.conversation_id, (n.c).inbox_id, (n.c).contact_id,
      wire_event(n.conversation_id, 'public', n.seq, n.epoch, 'message.created', now(), n.author, n.idempotency_key, n.id,
        concat('{"message": ', wire_message(
          n.id, n.seq, n.message_no, n.seq, 'text', n.author, n.body, n.idempotency_key, now()), '}')) as event,
      wire_head(n.c, n.seq, n.last_internal_seq, n.message_no, n.epoch, n.assignee_name, n.contact_name,
        wire_last_message(n.body, n.author, now())) as head,
      case when n.last_internal_seq > 0 then
        wire_head(n.c, n.seq, 0, n.message_no, n.epoch, n.assignee_name, n.contact_name,
          wire_last_message(n.body, n.author, now())) end as contact_head
    from plain n
  )
  select
    w.place,
    w.event,
    nullif(wire_hint(w.event), w.event),
    w.inbox_id,
    w.head,
    w.contact_id,
    w.contact_head,
    -- once for all of them
    is_heard_elsewhere and (
      select tell(array_agg(b.payload::jsonb), array_agg(b.name), array_agg(b.topic))
      from wired t
      cross join lateral (values
        (wire_hint(t.event), 'event', 'conversation:' || t.conversation_id),
        (t.head, 'head', 'inbox:' || t.inbox_id),
        (coalesce(t.contact_head, t.head), 'head', 'contact:' || t.contact_id)) b (payload, name, topic)) is not null
  from wired w;
end
$$;
