-- Where realtime is Supabase's, that listens and none of our processes does. On a database of ours plain-postgres.sql
-- has made this.
do $$
begin
  if to_regclass('parley.listeners') is null then
    create view parley.listeners as select null::uuid as id where false;
  end if;
end
$$;
