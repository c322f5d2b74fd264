-- Where realtime is Supabase's, a row of parley.broadcasts is a call of realtime.send, and none of our processes
-- listens. On a database of ours plain-postgres.sql has made both.
create or replace function send_broadcast() returns trigger
language plpgsql
as $$
begin
  perform realtime.send(new.payload, new.event, new.topic, true);
  return new;
end
$$;

do $$
begin
  if to_regclass('parley.broadcasts') is null then
    create view parley.broadcasts as
      select null::uuid as id, null::text as topic, null::text as event, null::jsonb as payload;
    create view parley.listeners as select null::uuid as id where false;
    create trigger send instead of insert on parley.broadcasts for each row execute function send_broadcast();
  end if;
end
$$;
