-- What a Supabase project's database has before anything of ours, as far as our migrations meet it. `:name` stands for
-- a role of this one test: roles belong to the whole server. Facts from supabase/postgres (init scripts and
-- migrations) and supabase/realtime (tenant migrations up to 20260714120000); the words are ours.

do $$
declare
  wanted text;
begin
  foreach wanted in array array['anon', 'authenticated', 'service_role'] loop
    begin
      if not exists (select 1 from pg_roles where rolname = wanted) then
        execute format('create role %I nologin noinherit', wanted);
      end if;
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
end
$$;

create role :admin nologin;
create role :auth_admin nologin noinherit;
create role :storage_admin nologin noinherit;
create role :realtime_admin nologin noinherit;
-- a project's `postgres`: no superuser, owns the database and `public`, manages the policies of realtime.messages
create role :owner login nosuperuser createrole createdb replication bypassrls;
grant anon, authenticated, service_role to :owner with admin option;
grant anon, authenticated, service_role to :realtime_admin;
grant :realtime_admin to :owner;
alter database :database owner to :owner;

create publication supabase_realtime;

create schema extensions authorization :admin;
grant usage on schema extensions to :owner, anon, authenticated, service_role;
create extension pgcrypto with schema extensions;

grant usage on schema public to :owner, anon, authenticated, service_role;
alter default privileges for role :owner in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role :owner in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges for role :owner in schema public grant all on sequences to anon, authenticated, service_role;

create schema auth authorization :admin;
grant usage on schema auth to :owner, anon, authenticated, service_role, :realtime_admin;
create table auth.users (id uuid primary key, email text);
alter table auth.users owner to :auth_admin;
create function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim', true), ''), nullif(current_setting('request.jwt.claims', true), ''))::jsonb
$$;
create function auth.uid() returns uuid language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''), nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
$$;
create function auth.role() returns text language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim.role', true), ''), nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role')
$$;
alter function auth.jwt() owner to :auth_admin;
alter function auth.uid() owner to :auth_admin;
alter function auth.role() owner to :auth_admin;

create schema storage authorization :admin;
grant usage on schema storage to :owner, anon, authenticated, service_role;
create table storage.objects (id uuid primary key, bucket_id text, name text);
alter table storage.objects owner to :storage_admin;
alter table storage.objects enable row level security;

create schema realtime authorization :admin;
grant usage on schema realtime to anon, authenticated, service_role;
grant usage on schema realtime to :owner with grant option;
grant all on schema realtime to :realtime_admin with grant option;
create table realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  updated_at timestamp not null default now(),
  inserted_at timestamp not null default now(),
  id uuid not null default gen_random_uuid(),
  binary_payload bytea,
  broadcasted_at timestamp,
  primary key (id, inserted_at)
) partition by range (inserted_at);
create table realtime.messages_default partition of realtime.messages default;
create index on realtime.messages (inserted_at desc, topic) where extension = 'broadcast' and private;
alter table realtime.messages enable row level security;
alter table realtime.messages owner to :realtime_admin;
grant select, insert, update on realtime.messages to :owner, anon, authenticated, service_role;

create function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')
$$;
-- runs as its caller, and turns whatever goes wrong into a warning
create function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
language plpgsql as $$
declare
  new_id uuid := gen_random_uuid();
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (new_id, case when payload ? 'id' then payload else payload || jsonb_build_object('id', new_id) end, event, topic, private, 'broadcast');
exception when others then
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;
alter function realtime.topic() owner to :realtime_admin;
alter function realtime.send(jsonb, text, text, boolean) owner to :realtime_admin;

-- What is done to these schemas from now on; only a policy of realtime.messages is the owner's to make.
create schema watch;
create table watch.acts (tag text, schema_name text, object text);
create function watch.note_commands() returns event_trigger language plpgsql security definer as $$
begin
  insert into watch.acts
  select command_tag, schema_name, object_identity from pg_event_trigger_ddl_commands();
end
$$;
create function watch.note_drops() returns event_trigger language plpgsql security definer as $$
begin
  insert into watch.acts
  select tg_tag, schema_name, object_identity from pg_event_trigger_dropped_objects() where original;
end
$$;
create event trigger note_commands on ddl_command_end execute function watch.note_commands();
create event trigger note_drops on sql_drop execute function watch.note_drops();
