-- In which sessions somebody may write now.
create or replace view parley.standing_sessions as
  select 'contact' as actor_type, s.contact_id as actor_id, s.id as session_id
  from contact_sessions s
  where s.revoked_at is null
  union all
  select 'agent', a.id, s.id
  from sign_in.session s
  join agents a on a.id = s.user_id
  where s.expires_at > now() and a.deactivated_at is null;

create or replace function session_stands(in_actor_type text, in_actor_id uuid, in_session_id uuid) returns boolean
language plpgsql stable
as $$
begin return exists (
  select 1 from parley.standing_sessions s
  where s.actor_type = in_actor_type and s.actor_id = in_actor_id and s.session_id = in_session_id); end
$$;
