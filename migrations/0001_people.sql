-- Tenants, ways in, and the people on both sides.

create table workspaces (
  id uuid primary key default uuid_v7(),
  name text not null constraint workspaces_name_length check (length(name) between 1 and 80),
  -- renewed by import and restore, so that every list cursor of before is refused
  list_epoch uuid not null default uuid_v7(),
  created_at timestamptz not null default now()
);

create table inboxes (
  id uuid primary key default uuid_v7(),
  workspace_id uuid not null references workspaces,
  name text not null constraint inboxes_name_length check (length(name) between 1 and 80),
  -- public: stands in the script tag
  key text not null constraint inboxes_key_unique unique,
  -- signs identity tokens; never leaves the server but to administrators
  secret text not null,
  -- exact origins; empty accepts any
  allowed_origins text[] not null default '{}',
  settings jsonb not null default '{}' constraint inboxes_settings_object check (jsonb_typeof(settings) = 'object'),
  -- a contact's message reopens a resolved conversation this long, then starts a new one
  reopen_window interval not null default '7 days',
  created_at timestamptz not null default now()
);
create index inboxes_workspace on inboxes (workspace_id);

create table agents (
  id uuid primary key default uuid_v7(),
  workspace_id uuid not null references workspaces,
  name text not null constraint agents_name_length check (length(name) between 1 and 80),
  email text not null constraint agents_email_lower check (email = lower(email)),
  role text not null default 'agent' constraint agents_role check (role in ('agent', 'supervisor', 'admin', 'owner')),
  chosen_status text not null default 'online' constraint agents_chosen_status check (chosen_status in ('online', 'away', 'offline')),
  capacity int not null default 10 constraint agents_capacity check (capacity between 0 and 1000),
  deactivated_at timestamptz,
  created_at timestamptz not null default now(),
  constraint agents_email_unique unique (workspace_id, email)
);

create table inbox_agents (
  workspace_id uuid not null references workspaces,
  inbox_id uuid not null references inboxes on delete cascade,
  agent_id uuid not null references agents on delete cascade,
  primary key (inbox_id, agent_id)
);
create index inbox_agents_agent on inbox_agents (agent_id);

create table teams (
  id uuid primary key default uuid_v7(),
  workspace_id uuid not null references workspaces,
  name text not null constraint teams_name_length check (length(name) between 1 and 80),
  created_at timestamptz not null default now(),
  constraint teams_name_unique unique (workspace_id, name)
);

create table team_agents (
  workspace_id uuid not null references workspaces,
  team_id uuid not null references teams on delete cascade,
  agent_id uuid not null references agents on delete cascade,
  primary key (team_id, agent_id)
);
create index team_agents_agent on team_agents (agent_id);

create table contacts (
  id uuid primary key default uuid_v7(),
  workspace_id uuid not null references workspaces,
  -- the host site's own id of a signed-in user
  external_id text,
  name text not null default '' constraint contacts_name_length check (length(name) <= 80),
  email text,
  attributes jsonb not null default '{}' constraint contacts_attributes_object check (jsonb_typeof(attributes) = 'object'),
  verified_at timestamptz,
  blocked_at timestamptz,
  -- an alias of another contact, which holds the history
  merged_into uuid references contacts,
  created_at timestamptz not null default now(),
  constraint contacts_external_id_unique unique (workspace_id, external_id)
);
create index contacts_merged_into on contacts (merged_into) where merged_into is not null;

-- A visitor's session. Only the hash of its refresh secret is kept; the successor is derived from the
-- secret, so a repeated refresh gives the same one.
create table contact_sessions (
  id uuid primary key default uuid_v7(),
  workspace_id uuid not null references workspaces,
  contact_id uuid not null references contacts on delete cascade,
  inbox_id uuid not null references inboxes on delete cascade,
  secret_hash bytea not null constraint contact_sessions_secret_unique unique,
  rotated_at timestamptz not null default now(),
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create index contact_sessions_contact on contact_sessions (contact_id);
