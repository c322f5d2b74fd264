-- Functions are for the API's own role; the ones that policies ask are for those who meet the policies. Postgres opens
-- every new function to everyone, Supabase to its three roles by name, so this runs after whatever made functions.
-- Of this transaction only: what is here is closed already, and a project's own functions are not ours to close.
do $$
declare
  ours record;
  asked constant text[] := array['my_workspace_id', 'my_kind', 'am_agent', 'i_see_inbox', 'i_see_conversation', 'i_may_read_topic', 'i_may_write_topic'];
begin
  for ours in
    select p.oid::regprocedure as signature, p.proname
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and p.xmin = pg_current_xact_id()::xid
  loop
    execute format('revoke all on function %s from public, anon, authenticated, service_role', ours.signature);
    if ours.proname = any (asked) then
      execute format('grant execute on function %s to authenticated', ours.signature);
    end if;
  end loop;
end
$$;
