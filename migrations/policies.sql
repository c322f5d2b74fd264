-- Who may read which row and which topic, in one place. Someone who connects as `authenticated` with an
-- access token sees what the API would show them; nobody writes rows but the API. row-security.md is what it comes to.
-- Run again only when its text changes: on Supabase each `create policy` and `drop policy` locks the tables of auth,
-- storage and realtime until the commit.

-- Asked inside policies, so they run as their owner: a policy that read another guarded table as the
-- caller would run that table's policies too, in a circle.
create or replace function my_workspace_id() returns uuid
language sql stable
as $$ select (auth.jwt() ->> 'workspace_id')::uuid $$;

create or replace function my_kind() returns text
language sql stable
as $$ select auth.jwt() ->> 'kind' $$;

-- An agent of this workspace who is still active, with at least the right of `least_role`.
create or replace function am_agent(least_role text default 'agent') returns boolean
language sql stable security definer
set search_path = public, pg_temp
as $$
  select my_kind() = 'agent' and exists (
    select 1 from agents a
    where a.id = auth.uid()
      and a.workspace_id = my_workspace_id()
      and a.deactivated_at is null
      and array_position(array['agent', 'supervisor', 'admin', 'owner'], a.role)
        >= array_position(array['agent', 'supervisor', 'admin', 'owner'], least_role))
$$;

create or replace function i_see_inbox(in_inbox_id uuid) returns boolean
language sql stable security definer
set search_path = public, pg_temp
as $$ select am_agent() and agent_sees_inbox(auth.uid(), in_inbox_id) $$;

create or replace function i_see_conversation(in_conversation_id uuid) returns boolean
language sql stable security definer
set search_path = public, pg_temp
as $$
  select exists (
    select 1 from conversations c
    where c.id = in_conversation_id
      and c.workspace_id = my_workspace_id()
      and sees_conversation(my_kind(), auth.uid(), c))
$$;

-- A topic is `noun:uuid` with an optional third part; anything else is nobody's.
create or replace function i_may_read_topic(topic text) returns boolean
language plpgsql stable security definer
set search_path = public, pg_temp
as $$
declare
  noun text := split_part(topic, ':', 1);
  part text := split_part(topic, ':', 3);
  id uuid;
begin
  if topic !~ '^(conversation|contact|inbox|agent):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:internal|:live)?$' then
    return false;
  end if;
  id := split_part(topic, ':', 2)::uuid;
  return case
    when noun = 'conversation' and part = 'internal' then my_kind() = 'agent' and i_see_conversation(id)
    when noun = 'conversation' then i_see_conversation(id)
    when part <> '' then false
    when noun = 'contact' then my_kind() = 'contact' and id = auth.uid()
      and exists (select 1 from contacts c where c.id = auth.uid() and c.workspace_id = my_workspace_id())
    when noun = 'inbox' then i_see_inbox(id)
    when noun = 'agent' then am_agent() and id = auth.uid()
    else false
  end;
end
$$;

-- People write to a conversation's live topic only: typing and presence, which nobody stores.
create or replace function i_may_write_topic(topic text) returns boolean
language sql stable security definer
set search_path = public, pg_temp
as $$ select topic like 'conversation:%:live' and i_may_read_topic(topic) $$;

-- Row level security on every table of ours; a table without a policy below is nobody's but the API's. Not forced:
-- the owner is the API itself, and the functions above have to read past these policies.
do $$
declare
  guarded text;
  -- columns that the API tells nobody: secrets, hashes, and to a visitor how much is said in the internal log
  untold constant jsonb := '{
    "inboxes": ["secret"],
    "contacts": ["blocked_at", "proved", "erased_at"],
    "conversations": ["start_key", "start_hash"],
    "conversation_heads": ["last_internal_seq", "last_xid"],
    "participants": ["last_xid"],
    "events": ["payload_hash"]
  }';
begin
  foreach guarded in array array[
    'workspaces', 'inboxes', 'inbox_agents', 'agents', 'teams', 'team_agents', 'contacts', 'contact_sessions',
    'conversations', 'conversation_heads', 'participants', 'events', 'messages', 'presences',
    'ratings', 'contact_pages'
  ] loop
    execute format('alter table public.%I enable row level security', guarded);
    execute format('revoke all on public.%I from public, anon, authenticated, service_role', guarded);
    if guarded not in ('contact_sessions', 'presences') then
      execute format('grant select %s on public.%I to authenticated', (
        select '(' || string_agg(quote_ident(a.attname), ', ') || ')'
        from pg_attribute a
        where a.attrelid = format('public.%I', guarded)::regclass and a.attnum > 0 and not a.attisdropped
          and untold ? guarded and not untold -> guarded ? a.attname), guarded);
    end if;
    execute format('drop policy if exists reads on public.%I', guarded);
  end loop;
end
$$;

create policy reads on workspaces for select to authenticated
  using (id = (select my_workspace_id()) and (select am_agent()));
create policy reads on inboxes for select to authenticated
  using (workspace_id = (select my_workspace_id()) and i_see_inbox(id));
create policy reads on inbox_agents for select to authenticated
  using (workspace_id = (select my_workspace_id()) and i_see_inbox(inbox_id));
create policy reads on agents for select to authenticated
  using (workspace_id = (select my_workspace_id()) and (select am_agent()));
create policy reads on teams for select to authenticated
  using (workspace_id = (select my_workspace_id()) and (select am_agent()));
create policy reads on team_agents for select to authenticated
  using (workspace_id = (select my_workspace_id()) and (select am_agent()));
create policy reads on contacts for select to authenticated
  using (workspace_id = (select my_workspace_id()) and (
    (select my_kind()) = 'contact' and id = (select auth.uid())
    or (select am_agent()) and exists (select 1 from conversations c where c.contact_id = contacts.id)));
create policy reads on conversations for select to authenticated
  using (workspace_id = (select my_workspace_id()) and i_see_conversation(id));
create policy reads on conversation_heads for select to authenticated
  using (workspace_id = (select my_workspace_id()) and i_see_conversation(conversation_id));
create policy reads on participants for select to authenticated
  using (workspace_id = (select my_workspace_id()) and i_see_conversation(conversation_id));
create policy reads on events for select to authenticated
  using (workspace_id = (select my_workspace_id()) and i_see_conversation(conversation_id)
    and (log = 'public' or (select my_kind()) = 'agent'));
create policy reads on messages for select to authenticated
  using (workspace_id = (select my_workspace_id()) and i_see_conversation(conversation_id)
    and (log = 'public' or (select my_kind()) = 'agent'));
create policy reads on ratings for select to authenticated
  using (workspace_id = (select my_workspace_id()) and i_see_conversation(conversation_id));
create policy reads on contact_pages for select to authenticated
  using (workspace_id = (select my_workspace_id()) and (
    (select my_kind()) = 'contact' and contact_id = (select auth.uid())
    or (select am_agent()) and exists (select 1 from conversations c where c.contact_id = contact_pages.contact_id)));

-- Realtime asks these two of every private channel.
drop policy if exists parley_reads on realtime.messages;
drop policy if exists parley_writes on realtime.messages;
create policy parley_reads on realtime.messages for select to authenticated
  using (extension in ('broadcast', 'presence') and (select i_may_read_topic((select realtime.topic()))));
create policy parley_writes on realtime.messages for insert to authenticated
  with check (extension in ('broadcast', 'presence') and (select i_may_write_topic((select realtime.topic()))));
