-- Which of some drafts are written in a session that has ended, or that was never their author's.
create or replace function ended_sessions(drafts jsonb) returns int[]
language plpgsql stable
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
begin return array(
  select d.place::int
  from rows from (jsonb_to_recordset(drafts) as (author_type text, author_id uuid, session_id uuid))
    with ordinality d (author_type, author_id, session_id, place)
  where not case d.author_type
    when 'contact' then exists (
      select 1 from contact_sessions s
      where s.id = d.session_id and s.contact_id = d.author_id and s.revoked_at is null)
    else exists (
      select 1
      from sign_in.session s
      join agents a on a.id = s.user_id
      where s.id = d.session_id and a.id = d.author_id and s.expires_at > now() and a.deactivated_at is null)
  end
); end
$$;
