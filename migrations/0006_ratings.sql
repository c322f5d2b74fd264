-- What a contact thought of a resolved conversation; written by rate_conversation.sql only.
create table ratings (
  conversation_id uuid not null references conversations on delete cascade,
  -- the event by which it was resolved: each resolution has a rating of its own
  resolved_seq bigint not null,
  workspace_id uuid not null references workspaces,
  contact_id uuid not null references contacts,
  -- who wrote last, whom it is about; null while no agent had written
  agent_id uuid references agents,
  score smallint not null constraint ratings_score check (score between 1 and 5),
  comment text not null constraint ratings_comment_length check (length(comment) <= 1000),
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (conversation_id, resolved_seq)
);
create index ratings_agent on ratings (agent_id, created_at);
