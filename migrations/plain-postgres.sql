-- What a Supabase database already has, made here when the database is not one: roles, `auth`, `realtime`.
-- Run again whenever its text changes; a database whose schema `realtime` is not ours never sees this file.

do $$
declare
  wanted text;
begin
  foreach wanted in array array['anon', 'authenticated', 'service_role'] loop
    -- roles belong to the whole server, and another database may be making them right now
    begin
      if not exists (select 1 from pg_roles where rolname = wanted) then
        execute format('create role %I nologin noinherit', wanted);
      end if;
    exception when duplicate_object or unique_violation then null;
    end;
    -- the API's role takes these on to try a policy; making a role does not yet allow that
    if not pg_has_role(wanted, case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end) then
      execute format('grant %I to current_user', wanted);
    end if;
  end loop;
end
$$;

create schema if not exists auth;
create schema if not exists realtime;
comment on schema realtime is 'parley: stands in for Supabase Realtime';
grant usage on schema auth, realtime, public to anon, authenticated, service_role;

-- somebody's own `auth` keeps what it has
do $$
begin
  if to_regprocedure('auth.jwt()') is null then
    create function auth.jwt() returns jsonb
    language sql stable
    as $f$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $f$;
  end if;
  if to_regprocedure('auth.uid()') is null then
    create function auth.uid() returns uuid
    language sql stable
    as $f$ select (auth.jwt() ->> 'sub')::uuid $f$;
  end if;
end
$$;

create or replace function realtime.topic() returns text
language sql stable
as $$ select nullif(current_setting('realtime.topic', true), '') $$;

-- Unlogged: a broadcast is a hint and its event stands in the log, so a crash may empty this; it halves what a
-- message writes to the WAL.
create unlogged table if not exists realtime.messages (
  id uuid not null default gen_random_uuid(),
  topic text not null,
  extension text not null,
  event text,
  payload jsonb,
  private boolean not null default false,
  updated_at timestamp not null default now(),
  inserted_at timestamp not null default now(),
  -- ours alone: what was sent in one tick of the clock is replayed in the order it was sent
  place bigint generated always as identity,
  primary key (id, inserted_at)
);
do $$
begin
  if (select c.relpersistence from pg_class c where c.oid = 'realtime.messages'::regclass) = 'p' then
    alter table realtime.messages set unlogged;
  end if;
end
$$;
-- replay to a channel, and the pruning of what is old
create index if not exists messages_inserted_at_topic on realtime.messages (inserted_at desc, topic);
alter table realtime.messages enable row level security;
grant select, insert on realtime.messages to anon, authenticated, service_role;

-- The processes that listen for broadcasts, so that the only one needs no notification of what it wrote itself.
do $$
begin
  if to_regclass('realtime.listeners') is null then
    create table realtime.listeners (
      id uuid primary key,
      seen_at timestamptz not null default now()
    );
    -- processes of before this table listen without a word: for an hour they are taken to be there
    insert into realtime.listeners
    select gen_random_uuid(), now() + interval '1 hour'
    where exists (select 1 from parley.migrations m where m.name = 'plain-postgres.sql');
  end if;
end
$$;
alter table realtime.listeners enable row level security;
-- a write asks this whom it has to notify, and so holds a lock on the table that a new listener waits for
create or replace view parley.listeners as select id from realtime.listeners;

-- Says that a process listens; to be said again each minute. A process that is new, or was forgotten, waits for every
-- write that did not see it yet, so that from here on it is notified of all. -> whether it was known
create or replace function realtime.listen_as(in_id uuid) returns boolean
language plpgsql
as $$
begin
  -- one at a time: two that both wait for the lock on the table below would wait for each other
  perform pg_advisory_xact_lock(hashtext('realtime.listeners'));
  delete from realtime.listeners l where l.id <> in_id and l.seen_at < now() - interval '5 minutes';
  update realtime.listeners l set seen_at = now() where l.id = in_id;
  if found then
    return true;
  end if;
  lock table realtime.listeners in access exclusive mode;
  insert into realtime.listeners (id) values (in_id);
  return false;
end
$$;

-- Notifies listening processes of a stored broadcast: id, privacy, event, topic and payload, a line each, while that
-- fits into a notification (8,000 bytes), else its id.
create or replace function realtime.notify(id uuid, private boolean, event text, topic text, payload jsonb) returns void
language plpgsql
as $$
declare
  frame text := concat_ws(e'\n', id, private, event, topic, payload);
begin
  perform pg_notify('realtime', case when octet_length(frame) > 7500 or strpos(topic || event, e'\n') > 0 then id::text else frame end);
end
$$;

-- Stores broadcasts and notifies of each. Never fails its caller's transaction.
create or replace function realtime.send_all(payloads jsonb[], events text[], topics text[], private boolean default true) returns void
language plpgsql
set plan_cache_mode = force_generic_plan
as $$
declare
  told int;
begin
  with sent as (
    insert into realtime.messages as m (id, topic, extension, event, payload, private)
    select s.id, s.topic, 'broadcast', s.event,
      case when jsonb_typeof(s.payload) = 'object' and not s.payload ? 'id' then s.payload || jsonb_build_object('id', s.id) else s.payload end,
      send_all.private
    from (select gen_random_uuid() as id, u.* from unnest(payloads, events, topics) u (payload, event, topic)) s
    returning m.id, m.private, m.event, m.topic, m.payload
  )
  select count(realtime.notify(s.id, s.private, s.event, s.topic, s.payload)::text)
  into told
  from sent s;
exception when others then
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;

-- As Supabase's.
create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
language plpgsql
as $$
begin
  perform set_config('realtime.topic', topic, true), realtime.send_all(array[payload], array[event], array[topic], private);
end
$$;

-- Whether someone with these claims may read or write a private topic, by the policies on
-- realtime.messages: as Supabase does, a row is tried in their role and nothing of it stays.
-- Any error but a refusal by policy also means no.
-- -> { "read": { "broadcast": true, "presence": true }, "write": { … } }
create or replace function realtime.authorize(claims jsonb, in_topic text) returns jsonb
language plpgsql
as $$
declare
  probe_ids constant jsonb := jsonb_build_object('broadcast', gen_random_uuid(), 'presence', gen_random_uuid());
  extension_name text;
  allowed boolean;
  answer jsonb := '{"read": {"broadcast": false, "presence": false}, "write": {"broadcast": false, "presence": false}}';
begin
  begin
    for extension_name in select jsonb_object_keys(probe_ids) loop
      insert into realtime.messages (id, topic, extension)
      values ((probe_ids ->> extension_name)::uuid, in_topic, extension_name);
    end loop;
    perform set_config('realtime.topic', in_topic, true),
      set_config('request.jwt.claims', claims::text, true),
      set_config('request.jwt.claim.sub', claims ->> 'sub', true),
      set_config('request.jwt.claim.role', claims ->> 'role', true),
      set_config('role', claims ->> 'role', true);
    for extension_name in select jsonb_object_keys(probe_ids) loop
      select exists (select 1 from realtime.messages m where m.id = (probe_ids ->> extension_name)::uuid) into allowed;
      answer := jsonb_set(answer, array['read', extension_name], to_jsonb(allowed));
      begin
        insert into realtime.messages (topic, extension) values (in_topic, extension_name);
        answer := jsonb_set(answer, array['write', extension_name], 'true');
      exception when insufficient_privilege then null;
      end;
    end loop;
    raise exception using errcode = 'PROBE', message = answer::text;
  exception
    -- leaving this block undoes the rows, the role and the settings
    when sqlstate 'PROBE' then return sqlerrm::jsonb;
    when others then return '{"read": {"broadcast": false, "presence": false}, "write": {"broadcast": false, "presence": false}}';
  end;
end
$$;
revoke all on function realtime.authorize(jsonb, text), realtime.send(jsonb, text, text, boolean), realtime.send_all(jsonb[], text[], text[], boolean),
  realtime.notify(uuid, boolean, text, text, jsonb), realtime.listen_as(uuid) from public;
grant execute on function realtime.send(jsonb, text, text, boolean), realtime.send_all(jsonb[], text[], text[], boolean) to service_role;
