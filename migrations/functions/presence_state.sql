-- Whether someone is there: a lease of 45 s, then 60 s in which they may come back. Nobody is `offline`.
create or replace function presence_state(p presences) returns text
language sql stable
as $$
  select case
    when p.seen_at > now() - interval '45 seconds' then 'online'
    when p.heard_at > now() - interval '105 seconds' then 'away'
    else 'offline'
  end
$$;
