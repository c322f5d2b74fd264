-- Who was there last, one narrow row per person, written by set_presence.sql only. What that comes to is asked
-- of the time when it is read, so no job has to end anything.
create table presences (
  actor_id uuid primary key,
  workspace_id uuid not null references workspaces,
  actor_type text not null constraint presences_actor_type check (actor_type in ('contact', 'agent')),
  -- when they were last in front of it; null if they never were
  seen_at timestamptz,
  -- when a tab of theirs was last heard of, in sight or not
  heard_at timestamptz not null
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 100);
