-- What the migrations come to, for reading in reviews; written by `npm run schema`, never run.

table parley.migrations with row level security
  name text not null
  hash text not null
  applied_at timestamp with time zone not null default now()
  constraint migrations_pkey PRIMARY KEY (name)

table public.agents with row level security
  id uuid not null default uuid_v7()
  workspace_id uuid not null
  name text not null
  email text not null
  role text not null default 'agent'::text
  chosen_status text not null default 'online'::text
  capacity integer not null default 10
  deactivated_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  constraint agents_pkey PRIMARY KEY (id)
  constraint agents_email_unique UNIQUE (workspace_id, email)
  constraint agents_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
  constraint agents_capacity CHECK (((capacity >= 0) AND (capacity <= 1000)))
  constraint agents_chosen_status CHECK ((chosen_status = ANY (ARRAY['online'::text, 'away'::text, 'offline'::text])))
  constraint agents_email_lower CHECK ((email = lower(email)))
  constraint agents_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80)))
  constraint agents_role CHECK ((role = ANY (ARRAY['agent'::text, 'supervisor'::text, 'admin'::text, 'owner'::text])))
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND ( SELECT am_agent() AS am_agent))
  grant select to authenticated

table public.contact_pages with row level security
  id uuid not null default uuid_v7()
  workspace_id uuid not null
  contact_id uuid not null
  url text not null
  title text not null
  seen_at timestamp with time zone not null default now()
  constraint contact_pages_pkey PRIMARY KEY (id)
  constraint contact_pages_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE
  constraint contact_pages_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
  constraint contact_pages_title_length CHECK ((length(title) <= 200))
  constraint contact_pages_url_length CHECK ((length(url) <= 2000))
  index contact_pages_contact USING btree (contact_id, id DESC)
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND (((( SELECT my_kind() AS my_kind) = 'contact'::text) AND (contact_id = ( SELECT auth.uid() AS uid))) OR (( SELECT am_agent() AS am_agent) AND (EXISTS ( SELECT 1 FROM conversations c WHERE (c.contact_id = contact_pages.contact_id))))))
  grant select to authenticated

table public.contact_sessions with row level security
  id uuid not null default uuid_v7()
  workspace_id uuid not null
  contact_id uuid not null
  inbox_id uuid not null
  secret_hash bytea not null
  rotated_at timestamp with time zone not null default now()
  revoked_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  constraint contact_sessions_pkey PRIMARY KEY (id)
  constraint contact_sessions_secret_unique UNIQUE (secret_hash)
  constraint contact_sessions_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE
  constraint contact_sessions_inbox_id_fkey FOREIGN KEY (inbox_id) REFERENCES inboxes(id) ON DELETE CASCADE
  constraint contact_sessions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
  index contact_sessions_contact USING btree (contact_id)

table public.contacts with row level security
  id uuid not null default uuid_v7()
  workspace_id uuid not null
  external_id text
  name text not null default ''::text
  email text
  attributes jsonb not null default '{}'::jsonb
  verified_at timestamp with time zone
  blocked_at timestamp with time zone
  merged_into uuid
  created_at timestamp with time zone not null default now()
  consented_at timestamp with time zone
  consent_text text
  proved text[] not null default '{}'::text[]
  erased_at timestamp with time zone
  constraint contacts_pkey PRIMARY KEY (id)
  constraint contacts_external_id_unique UNIQUE (workspace_id, external_id)
  constraint contacts_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES contacts(id)
  constraint contacts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
  constraint contacts_attributes_object CHECK ((jsonb_typeof(attributes) = 'object'::text))
  constraint contacts_consent CHECK (((consented_at IS NULL) = (consent_text IS NULL)))
  constraint contacts_name_length CHECK ((length(name) <= 80))
  index contacts_merged_into USING btree (merged_into) WHERE (merged_into IS NOT NULL)
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND (((( SELECT my_kind() AS my_kind) = 'contact'::text) AND (id = ( SELECT auth.uid() AS uid))) OR (( SELECT am_agent() AS am_agent) AND (EXISTS ( SELECT 1 FROM conversations c WHERE (c.contact_id = contacts.id))))))
  grant select (id, workspace_id, external_id, name, email, attributes, verified_at, merged_into, created_at, consented_at, consent_text) to authenticated

table public.conversation_heads with row level security, fillfactor=60, autovacuum_vacuum_scale_factor=0.05, autovacuum_vacuum_threshold=100
  conversation_id uuid not null
  workspace_id uuid not null
  last_seq bigint not null default 0
  last_message_no bigint not null default 0
  last_internal_seq bigint not null default 0
  last_message_id uuid
  last_xid xid8 not null default pg_current_xact_id()
  epoch uuid not null default uuid_v7()
  constraint conversation_heads_pkey PRIMARY KEY (conversation_id)
  constraint conversation_heads_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND i_see_conversation(conversation_id))
  grant select (conversation_id, workspace_id, last_seq, last_message_no, last_message_id, epoch) to authenticated

table public.conversations with row level security
  id uuid not null default uuid_v7()
  workspace_id uuid not null
  inbox_id uuid not null
  contact_id uuid not null
  subject text
  status text not null default 'open'::text
  priority text not null default 'normal'::text
  assignee_id uuid
  team_id uuid
  handler text not null default 'agent'::text
  follows_id uuid
  start_key uuid not null
  start_hash bytea not null
  resolved_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  constraint conversations_pkey PRIMARY KEY (id)
  constraint conversations_start_key_unique UNIQUE (inbox_id, contact_id, start_key)
  constraint conversations_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES agents(id)
  constraint conversations_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id)
  constraint conversations_follows_id_fkey FOREIGN KEY (follows_id) REFERENCES conversations(id)
  constraint conversations_inbox_id_fkey FOREIGN KEY (inbox_id) REFERENCES inboxes(id)
  constraint conversations_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id)
  constraint conversations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
  constraint conversations_handler CHECK ((handler = ANY (ARRAY['assistant'::text, 'queue'::text, 'agent'::text])))
  constraint conversations_priority CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text])))
  constraint conversations_resolved_at CHECK (((status = 'resolved'::text) = (resolved_at IS NOT NULL)))
  constraint conversations_status CHECK ((status = ANY (ARRAY['pending'::text, 'open'::text, 'snoozed'::text, 'resolved'::text])))
  constraint conversations_subject_length CHECK (((length(subject) >= 1) AND (length(subject) <= 200)))
  index conversations_contact USING btree (contact_id)
  index conversations_follows USING btree (follows_id) WHERE (follows_id IS NOT NULL)
  index conversations_resolved USING btree (inbox_id, resolved_at DESC) WHERE (status = 'resolved'::text)
  index conversations_unresolved USING btree (inbox_id) WHERE (status <> 'resolved'::text)
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND i_see_conversation(id))
  grant select (id, workspace_id, inbox_id, contact_id, subject, status, priority, assignee_id, team_id, handler, follows_id, resolved_at, created_at) to authenticated

table public.events with row level security
  conversation_id uuid not null
  log text not null
  seq bigint not null
  workspace_id uuid not null
  type text not null
  actor_type text not null
  actor_id uuid
  idempotency_key uuid
  payload_hash bytea
  message_id uuid
  data jsonb
  after_seq bigint
  created_at timestamp with time zone not null default now()
  constraint events_pkey PRIMARY KEY (conversation_id, log, seq)
  constraint events_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE
  constraint events_actor_type CHECK ((actor_type = ANY (ARRAY['contact'::text, 'agent'::text, 'assistant'::text, 'system'::text])))
  constraint events_after_seq CHECK (((log = 'internal'::text) = (after_seq IS NOT NULL)))
  constraint events_key_has_hash CHECK (((idempotency_key IS NULL) = (payload_hash IS NULL)))
  constraint events_log CHECK ((log = ANY (ARRAY['public'::text, 'internal'::text])))
  constraint events_seq CHECK ((seq > 0))
  UNIQUE index events_idempotency_key USING btree (conversation_id, actor_id, idempotency_key) WHERE (idempotency_key IS NOT NULL)
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND i_see_conversation(conversation_id) AND ((log = 'public'::text) OR (( SELECT my_kind() AS my_kind) = 'agent'::text)))
  grant select (conversation_id, log, seq, workspace_id, type, actor_type, actor_id, idempotency_key, message_id, data, after_seq, created_at) to authenticated

table public.inbox_agents with row level security
  workspace_id uuid not null
  inbox_id uuid not null
  agent_id uuid not null
  constraint inbox_agents_pkey PRIMARY KEY (inbox_id, agent_id)
  constraint inbox_agents_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(id) ON DELETE CASCADE
  constraint inbox_agents_inbox_id_fkey FOREIGN KEY (inbox_id) REFERENCES inboxes(id) ON DELETE CASCADE
  constraint inbox_agents_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
  index inbox_agents_agent USING btree (agent_id)
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND i_see_inbox(inbox_id))
  grant select to authenticated

table public.inboxes with row level security
  id uuid not null default uuid_v7()
  workspace_id uuid not null
  name text not null
  key text not null
  secret text not null
  allowed_origins text[] not null default '{}'::text[]
  settings jsonb not null default '{}'::jsonb
  reopen_window interval not null default '7 days'::interval
  created_at timestamp with time zone not null default now()
  constraint inboxes_pkey PRIMARY KEY (id)
  constraint inboxes_key_unique UNIQUE (key)
  constraint inboxes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
  constraint inboxes_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80)))
  constraint inboxes_settings_object CHECK ((jsonb_typeof(settings) = 'object'::text))
  index inboxes_workspace USING btree (workspace_id)
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND i_see_inbox(id))
  grant select (id, workspace_id, name, key, allowed_origins, settings, reopen_window, created_at) to authenticated

table public.messages with row level security
  id uuid not null default uuid_v7()
  workspace_id uuid not null
  conversation_id uuid not null
  log text not null
  seq bigint not null
  message_no bigint not null
  rev_seq bigint not null
  kind text not null default 'text'::text
  author_type text not null
  author_id uuid
  body text not null
  idempotency_key uuid not null
  reply_to_id uuid
  edited_at timestamp with time zone
  deleted_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  reactions jsonb not null default '[]'::jsonb
  constraint messages_pkey PRIMARY KEY (id)
  constraint messages_place_unique UNIQUE (conversation_id, log, seq)
  constraint messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE
  constraint messages_reply_to_id_fkey FOREIGN KEY (reply_to_id) REFERENCES messages(id)
  constraint messages_author_type CHECK ((author_type = ANY (ARRAY['contact'::text, 'agent'::text, 'assistant'::text, 'system'::text])))
  constraint messages_body_length CHECK (
CASE
    WHEN (deleted_at IS NULL) THEN ((length(body) >= 1) AND (length(body) <= 8000))
    ELSE (body = ''::text)
END)
  constraint messages_kind CHECK ((kind = 'text'::text))
  constraint messages_log CHECK ((log = ANY (ARRAY['public'::text, 'internal'::text])))
  constraint messages_reactions_array CHECK ((jsonb_typeof(reactions) = 'array'::text))
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND i_see_conversation(conversation_id) AND ((log = 'public'::text) OR (( SELECT my_kind() AS my_kind) = 'agent'::text)))
  grant select to authenticated

table public.participants with row level security, fillfactor=60
  conversation_id uuid not null
  actor_id uuid not null
  workspace_id uuid not null
  actor_type text not null
  delivered_seq bigint not null default 0
  read_seq bigint not null default 0
  read_message_no bigint not null default 0
  last_xid xid8 not null default pg_current_xact_id()
  constraint participants_pkey PRIMARY KEY (conversation_id, actor_id)
  constraint participants_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE
  constraint participants_actor_type CHECK ((actor_type = ANY (ARRAY['contact'::text, 'agent'::text])))
  constraint participants_read_is_delivered CHECK (((0 <= read_seq) AND (read_seq <= delivered_seq)))
  index participants_actor USING btree (actor_id)
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND i_see_conversation(conversation_id))
  grant select (conversation_id, actor_id, workspace_id, actor_type, delivered_seq, read_seq, read_message_no) to authenticated

table public.presences with row level security, fillfactor=60, autovacuum_vacuum_scale_factor=0.05, autovacuum_vacuum_threshold=100
  actor_id uuid not null
  workspace_id uuid not null
  actor_type text not null
  seen_at timestamp with time zone
  heard_at timestamp with time zone not null
  constraint presences_pkey PRIMARY KEY (actor_id)
  constraint presences_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
  constraint presences_actor_type CHECK ((actor_type = ANY (ARRAY['contact'::text, 'agent'::text])))

table public.ratings with row level security
  conversation_id uuid not null
  resolved_seq bigint not null
  workspace_id uuid not null
  contact_id uuid not null
  agent_id uuid
  score smallint not null
  comment text not null
  created_at timestamp with time zone not null default now()
  changed_at timestamp with time zone not null default now()
  constraint ratings_pkey PRIMARY KEY (conversation_id, resolved_seq)
  constraint ratings_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(id)
  constraint ratings_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id)
  constraint ratings_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE
  constraint ratings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
  constraint ratings_comment_length CHECK ((length(comment) <= 1000))
  constraint ratings_score CHECK (((score >= 1) AND (score <= 5)))
  index ratings_agent USING btree (agent_id, created_at)
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND i_see_conversation(conversation_id))
  grant select to authenticated

table public.team_agents with row level security
  workspace_id uuid not null
  team_id uuid not null
  agent_id uuid not null
  constraint team_agents_pkey PRIMARY KEY (team_id, agent_id)
  constraint team_agents_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(id) ON DELETE CASCADE
  constraint team_agents_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE
  constraint team_agents_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
  index team_agents_agent USING btree (agent_id)
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND ( SELECT am_agent() AS am_agent))
  grant select to authenticated

table public.teams with row level security
  id uuid not null default uuid_v7()
  workspace_id uuid not null
  name text not null
  created_at timestamp with time zone not null default now()
  constraint teams_pkey PRIMARY KEY (id)
  constraint teams_name_unique UNIQUE (workspace_id, name)
  constraint teams_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
  constraint teams_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80)))
  policy reads for select to authenticated using ((workspace_id = ( SELECT my_workspace_id() AS my_workspace_id)) AND ( SELECT am_agent() AS am_agent))
  grant select to authenticated

table public.workspaces with row level security
  id uuid not null default uuid_v7()
  name text not null
  list_epoch uuid not null default uuid_v7()
  created_at timestamp with time zone not null default now()
  constraint workspaces_pkey PRIMARY KEY (id)
  constraint workspaces_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80)))
  policy reads for select to authenticated using ((id = ( SELECT my_workspace_id() AS my_workspace_id)) AND ( SELECT am_agent() AS am_agent))
  grant select to authenticated

table realtime.listeners with row level security
  id uuid not null
  seen_at timestamp with time zone not null default now()
  constraint listeners_pkey PRIMARY KEY (id)

table realtime.messages with row level security
  id uuid not null default gen_random_uuid()
  topic text not null
  extension text not null
  event text
  payload jsonb
  private boolean not null default false
  updated_at timestamp without time zone not null default now()
  inserted_at timestamp without time zone not null default now()
  place bigint not null
  constraint messages_pkey PRIMARY KEY (id, inserted_at)
  index messages_inserted_at_topic USING btree (inserted_at DESC, topic)
  policy parley_reads for select to authenticated using ((extension = ANY (ARRAY['broadcast'::text, 'presence'::text])) AND ( SELECT i_may_read_topic(( SELECT realtime.topic() AS topic)) AS i_may_read_topic))
  policy parley_writes for insert to authenticated with check ((extension = ANY (ARRAY['broadcast'::text, 'presence'::text])) AND ( SELECT i_may_write_topic(( SELECT realtime.topic() AS topic)) AS i_may_write_topic))
  grant insert, select to anon
  grant insert, select to authenticated
  grant insert, select to service_role

table sign_in.account with row level security
  id uuid not null default uuid_v7()
  user_id uuid not null
  account_id text not null
  provider_id text not null
  access_token text
  refresh_token text
  id_token text
  access_token_expires_at timestamp with time zone
  refresh_token_expires_at timestamp with time zone
  scope text
  password text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint account_pkey PRIMARY KEY (id)
  constraint account_provider_unique UNIQUE (provider_id, account_id)
  constraint account_user_id_fkey FOREIGN KEY (user_id) REFERENCES sign_in."user"(id) ON DELETE CASCADE
  index account_by_user USING btree (user_id)

table sign_in.session with row level security
  id uuid not null default uuid_v7()
  user_id uuid not null
  token text not null
  expires_at timestamp with time zone not null
  ip_address text
  user_agent text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint session_pkey PRIMARY KEY (id)
  constraint session_token_unique UNIQUE (token)
  constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES sign_in."user"(id) ON DELETE CASCADE
  index session_by_user USING btree (user_id)

table sign_in."user" with row level security
  id uuid not null default uuid_v7()
  name text not null
  email text not null
  email_verified boolean not null default false
  image text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint user_pkey PRIMARY KEY (id)
  constraint user_email_unique UNIQUE (email)

table sign_in.verification with row level security
  id uuid not null default uuid_v7()
  identifier text not null
  value text not null
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint verification_pkey PRIMARY KEY (id)
  index verification_identifier USING btree (identifier)

function auth.jwt() returns jsonb stable; executed by public
function auth.uid() returns uuid stable; executed by public
function public.agent_sees_inbox(in_agent_id uuid, in_inbox_id uuid) returns boolean stable
function public.am_agent(least_role text DEFAULT 'agent'::text) returns boolean stable security definer set search_path=public, pg_temp; executed by authenticated
function public.append_event(in_conversation_id uuid, in_log text, in_type text, in_actor_type text, in_actor_id uuid, in_key uuid, in_hash bytea, in_message_id uuid, in_data jsonb) returns events
function public.assign_conversation(in_agent_id uuid, in_conversation_id uuid, in_assignee_id uuid) returns jsonb
function public.availability(in_inbox_id uuid) returns jsonb stable
function public.body_hash(body text) returns bytea immutable
function public.change_assignee(conversation conversations, in_actor_type text, in_actor_id uuid, in_assignee_id uuid, reason text) returns events
function public.change_message(message messages, in_type text, in_actor_type text, in_actor_id uuid, in_key uuid, in_hash bytea) returns jsonb
function public.change_status(conversation conversations, in_actor_type text, in_actor_id uuid, to_status text, reason text) returns events
function public.check_reply(conversation conversations, in_reply_to_id uuid) returns void
function public.conversation_contact(in_agent_id uuid, in_conversation_id uuid) returns jsonb stable
function public.conversation_detail(in_actor_type text, in_actor_id uuid, in_conversation_id uuid) returns jsonb stable
function public.conversation_keys(in_actor_type text, in_actor_id uuid, in_view text, inbox_ids uuid[], before_place text, before_id uuid, max_items integer) returns TABLE(id uuid, place text) stable
function public.conversation_pages(in_agent_id uuid, in_conversation_id uuid) returns jsonb stable
function public.delete_message(in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_message_id uuid, in_key uuid) returns jsonb
function public.edit_message(in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_message_id uuid, in_key uuid, in_body text, in_rev_seq bigint) returns jsonb
function public.erase_contact(in_contact_id uuid) returns void
function public.erase_messages(in_conversation_id uuid, in_contact_id uuid) returns events[]
function public.event_page(in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_after bigint, max_items integer) returns jsonb stable
function public.export_contact(in_contact_id uuid) returns jsonb stable
function public.follow_conversation(old conversations, in_key uuid, in_body text, in_reply_to_id uuid) returns jsonb
function public.heard_topics(in_actor_type text, in_actor_id uuid, conversation_ids uuid[]) returns SETOF text stable
function public.i_may_read_topic(topic text) returns boolean stable security definer set search_path=public, pg_temp; executed by authenticated
function public.i_may_write_topic(topic text) returns boolean stable security definer set search_path=public, pg_temp; executed by authenticated
function public.i_see_conversation(in_conversation_id uuid) returns boolean stable security definer set search_path=public, pg_temp; executed by authenticated
function public.i_see_inbox(in_inbox_id uuid) returns boolean stable security definer set search_path=public, pg_temp; executed by authenticated
function public.identify_visitor(in_inbox_id uuid, in_visitor_id uuid, claims jsonb, in_secret_hash bytea) returns jsonb
function public.inbox_presence(in_inbox_id uuid) returns text stable
function public.is_same_actor(author_type text, author_id uuid, actor_type text, actor_id uuid) returns boolean stable
function public.known_event(in_conversation_id uuid, in_actor_id uuid, in_key uuid, in_hash bytea) returns events
function public.list_conversations(in_workspace_id uuid, in_actor_type text, in_actor_id uuid, in_view text, in_inbox_id uuid, before_place text, before_id uuid, max_items integer) returns jsonb stable
function public.list_cursor(in_workspace_id uuid) returns text stable
function public.listed_conversations(in_actor_type text, in_actor_id uuid) returns SETOF conversations stable
function public.lock_conversation(actor_type text, actor_id uuid, in_conversation_id uuid) returns conversations
function public.lock_message(conversation conversations, in_actor_type text, in_actor_id uuid, in_message_id uuid) returns messages
function public.log_page(in_conversation_id uuid, in_log text, in_after bigint, max_events integer) returns jsonb stable
function public.mark_receipt(in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_delivered_seq bigint, in_read_seq bigint) returns jsonb
function public.merge_contact(visitor contacts, contact contacts) returns contacts
function public.message_hash(body text, reply_to_id uuid) returns bytea immutable
function public.message_page(in_actor_type text, in_actor_id uuid, in_conversation_id uuid, before_seq bigint, in_after_seq bigint, max_items integer) returns jsonb stable
function public.my_kind() returns text stable; executed by authenticated
function public.my_workspace_id() returns uuid stable; executed by authenticated
function public.open_conversation(in_workspace_id uuid, in_inbox_id uuid, in_contact_id uuid, in_start_key uuid, in_start_hash bytea, in_subject text, in_follows_id uuid, in_message_key uuid, in_body text, in_reply_to_id uuid DEFAULT NULL::uuid) returns conversations
function public.own_receipts(in_actor_id uuid, conversation_ids uuid[]) returns jsonb stable
function public.presence_state(p presences) returns text stable
function public.publish_events(written events[]) returns jsonb[] set plan_cache_mode=force_generic_plan, enable_seqscan=off
function public.rate_conversation(in_contact_id uuid, in_conversation_id uuid, in_key uuid, in_score integer, in_comment text) returns jsonb
function public.react_to_message(in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_message_id uuid, in_key uuid, in_emojis text[]) returns jsonb
function public.read_conversation(actor_type text, actor_id uuid, in_conversation_id uuid) returns conversations stable
function public.refuse(code text, reason text, retry_after_seconds integer DEFAULT NULL::integer) returns void
function public.refuse_late_change(conversation conversations, message messages) returns void
function public.renew_epochs(in_workspace_id uuid) returns bigint
function public.resolved_conversations(inbox_ids uuid[], before_place text, before_id uuid, max_items integer) returns TABLE(id uuid, place text) stable
function public.sees_conversation(actor_type text, actor_id uuid, c conversations) returns boolean stable
function public.send_message(in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_key uuid, in_body text, in_reply_to_id uuid DEFAULT NULL::uuid) returns jsonb
function public.session_stands(in_actor_type text, in_actor_id uuid, in_session_id uuid) returns boolean stable
function public.set_presence(in_workspace_id uuid, in_actor_type text, in_actor_id uuid, in_state text, conversation_ids uuid[], in_inbox_id uuid, in_page jsonb) returns jsonb
function public.set_status(in_agent_id uuid, in_conversation_id uuid, in_status text) returns jsonb
function public.start_conversation(in_contact_id uuid, in_inbox_id uuid, in_start_key uuid, in_subject text, in_message_key uuid, in_body text) returns jsonb
function public.store_messages(in_drafts jsonb, in_teller uuid) returns TABLE(place integer, event text, hint text, inbox_id uuid, head text, contact_id uuid, contact_head text, is_told boolean) set plan_cache_mode=force_generic_plan, enable_seqscan=off, jit=off
function public.sync(in_workspace_id uuid, in_actor_type text, in_actor_id uuid, in_cursor text, in_open jsonb, max_heads integer, max_events integer) returns jsonb stable
function public.sync_log(in_actor_type text, in_actor_id uuid, in_open jsonb, max_events integer) returns jsonb stable
function public.tell(payloads jsonb[], events text[], topics text[]) returns void
function public.tell_change(before contacts, after contacts) returns void
function public.tell_contact(in_contact_id uuid, fields text[]) returns void
function public.update_contact(in_contact_id uuid, in_inbox_id uuid, changes jsonb) returns jsonb
function public.uuid_v7() returns uuid
function public.viewed_conversations(in_actor_type text, in_actor_id uuid, in_view text, inbox_ids uuid[]) returns SETOF conversations stable
function public.visible_inboxes(in_agent_id uuid) returns uuid[] stable
function public.visit_page(in_contact_id uuid, in_inbox_id uuid, in_url text, in_title text) returns void
function public.wire_act(in_conversation_id uuid, written events[]) returns jsonb stable
function public.wire_actor(actor_type text, actor_id uuid, name text) returns text stable
function public.wire_contact(c contacts) returns jsonb stable
function public.wire_contact_record(c contacts) returns jsonb stable
function public.wire_event(conversation_id uuid, log text, seq bigint, epoch uuid, type text, at timestamp with time zone, actor text, key uuid, message_id uuid, data text) returns text stable
function public.wire_event(e events) returns jsonb stable
function public.wire_events(written events[]) returns jsonb[] stable set plan_cache_mode=force_generic_plan, enable_seqscan=off
function public.wire_head(c conversations, seq bigint, internal_seq bigint, message_no bigint, epoch uuid, assignee_name text, contact_name text, last_message text) returns text stable
function public.wire_head(in_conversation_id uuid, internal boolean) returns jsonb stable
function public.wire_heads(ids uuid[], internal boolean) returns TABLE(wire jsonb, inbox_id uuid, contact_id uuid) stable set plan_cache_mode=force_generic_plan, enable_seqscan=off
function public.wire_hint(event text) returns text immutable
function public.wire_last_message(body text, author text, at timestamp with time zone) returns text stable
function public.wire_message(id uuid, seq bigint, message_no bigint, rev_seq bigint, kind text, author text, body text, key uuid, created_at timestamp with time zone) returns text stable
function public.wire_message(m messages, author_name text) returns jsonb stable
function public.wire_message(m messages) returns jsonb stable
function public.wire_pages(in_contact_id uuid) returns jsonb stable
function public.wire_presence(in_actor_type text, c conversations) returns jsonb stable
function public.wire_receipt(p participants) returns jsonb immutable
function public.wire_receipts(in_conversation_id uuid) returns jsonb stable
function public.wire_time(at timestamp with time zone) returns text stable
function public.with_reactions(reactions jsonb, in_actor_id uuid, emojis text[]) returns jsonb immutable
function public.write_message(in_conversation_id uuid, in_author_type text, in_author_id uuid, in_key uuid, in_body text, in_reply_to_id uuid) returns events
function realtime.authorize(claims jsonb, in_topic text) returns jsonb
function realtime.listen_as(in_id uuid) returns boolean
function realtime.notify(id uuid, private boolean, event text, topic text, payload jsonb) returns void
function realtime.send(payload jsonb, event text, topic text, private boolean DEFAULT true) returns void; executed by service_role
function realtime.send_all(payloads jsonb[], events text[], topics text[], private boolean DEFAULT true) returns void set plan_cache_mode=force_generic_plan; executed by service_role
function realtime.topic() returns text stable; executed by public
