-- One log per conversation, and what is read from it. Rows of conversation_heads, events and
-- messages are written by the functions of this folder only.

create table conversations (
  id uuid primary key default uuid_v7(),
  workspace_id uuid not null references workspaces,
  inbox_id uuid not null references inboxes,
  contact_id uuid not null references contacts,
  subject text constraint conversations_subject_length check (length(subject) between 1 and 200),
  status text not null default 'open' constraint conversations_status check (status in ('pending', 'open', 'snoozed', 'resolved')),
  priority text not null default 'normal' constraint conversations_priority check (priority in ('low', 'normal', 'high', 'urgent')),
  assignee_id uuid references agents,
  team_id uuid references teams,
  handler text not null default 'agent' constraint conversations_handler check (handler in ('assistant', 'queue', 'agent')),
  -- the resolved conversation that this one goes on from
  follows_id uuid references conversations,
  start_key uuid not null,
  start_hash bytea not null,
  resolved_at timestamptz,
  created_at timestamptz not null default now(),
  constraint conversations_start_key_unique unique (inbox_id, contact_id, start_key),
  constraint conversations_resolved_at check ((status = 'resolved') = (resolved_at is not null))
);
-- the console's list of what is open, and its list of what was resolved
create index conversations_unresolved on conversations (inbox_id) where status <> 'resolved';
create index conversations_resolved on conversations (inbox_id, resolved_at desc) where status = 'resolved';
-- a visitor's own list
create index conversations_contact on conversations (contact_id);
create index conversations_follows on conversations (follows_id) where follows_id is not null;

-- The counter row: locked by each write until it commits, so that order of seq = order of commit.
-- Narrow, and its key is its only index, so that updates stay in the page (HOT).
create table conversation_heads (
  conversation_id uuid primary key references conversations on delete cascade,
  workspace_id uuid not null,
  last_seq bigint not null default 0,
  last_message_no bigint not null default 0,
  last_internal_seq bigint not null default 0,
  last_message_id uuid,
  last_xid xid8 not null default pg_current_xact_id(),
  epoch uuid not null default uuid_v7()
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 100);

create table participants (
  conversation_id uuid not null references conversations on delete cascade,
  actor_id uuid not null,
  workspace_id uuid not null,
  actor_type text not null constraint participants_actor_type check (actor_type in ('contact', 'agent')),
  delivered_seq bigint not null default 0,
  read_seq bigint not null default 0,
  read_message_no bigint not null default 0,
  last_xid xid8 not null default pg_current_xact_id(),
  primary key (conversation_id, actor_id),
  constraint participants_read_is_delivered check (0 <= read_seq and read_seq <= delivered_seq)
) with (fillfactor = 60);
create index participants_actor on participants (actor_id);

create table events (
  conversation_id uuid not null references conversations on delete cascade,
  log text not null constraint events_log check (log in ('public', 'internal')),
  seq bigint not null constraint events_seq check (seq > 0),
  workspace_id uuid not null,
  type text not null,
  actor_type text not null constraint events_actor_type check (actor_type in ('contact', 'agent', 'assistant', 'system')),
  actor_id uuid,
  idempotency_key uuid,
  payload_hash bytea,
  -- its message is read from `messages`; deleting a message leaves no copy here
  message_id uuid,
  data jsonb,
  -- internal log: the public head when this was written
  after_seq bigint,
  created_at timestamptz not null default now(),
  primary key (conversation_id, log, seq),
  constraint events_key_has_hash check ((idempotency_key is null) = (payload_hash is null)),
  constraint events_after_seq check ((log = 'internal') = (after_seq is not null))
);
create unique index events_idempotency_key on events (conversation_id, actor_id, idempotency_key) where idempotency_key is not null;

create table messages (
  id uuid primary key default uuid_v7(),
  workspace_id uuid not null,
  conversation_id uuid not null references conversations on delete cascade,
  log text not null constraint messages_log check (log in ('public', 'internal')),
  seq bigint not null,
  message_no bigint not null,
  rev_seq bigint not null,
  kind text not null default 'text' constraint messages_kind check (kind in ('text')),
  author_type text not null constraint messages_author_type check (author_type in ('contact', 'agent', 'assistant', 'system')),
  author_id uuid,
  body text not null constraint messages_body_length check (length(body) between 1 and 8000),
  idempotency_key uuid not null,
  reply_to_id uuid references messages,
  edited_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  constraint messages_place_unique unique (conversation_id, log, seq)
);
