-- Cursor of a list: everything that this snapshot does not show yet commits under an xid at or above its
-- xmin, so asking from there skips nothing; repeats are harmless, because heads merge by the higher seq.
-- Text: list epoch . xid . server time in seconds
create or replace function list_cursor(in_workspace_id uuid) returns text
language sql stable
as $$
  select w.list_epoch || '.' || pg_snapshot_xmin(pg_current_snapshot()) || '.' || floor(extract(epoch from now()))::bigint
  from workspaces w
  where w.id = in_workspace_id
$$;
