-- After a workspace was taken back to an earlier state: its list and its logs are others from now on, so that clients
-- who were ahead drop what they have and ask again. Transaction ids begin anew too: those of another server mean
-- nothing here. Takes each counter as a writer does. -> how many conversations
create or replace function renew_epochs(in_workspace_id uuid) returns bigint
language plpgsql
as $$
declare
  renewed bigint;
begin
  perform 1 from conversation_heads h where h.workspace_id = in_workspace_id order by h.conversation_id for no key update;
  update conversation_heads h set epoch = uuid_v7(), last_xid = pg_current_xact_id() where h.workspace_id = in_workspace_id;
  get diagnostics renewed = row_count;
  update participants p set last_xid = pg_current_xact_id() where p.workspace_id = in_workspace_id;
  update workspaces w set list_epoch = uuid_v7() where w.id = in_workspace_id;
  return renewed;
end
$$;
