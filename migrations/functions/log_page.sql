-- The next events of one log after a seq, oldest first.
create or replace function log_page(in_conversation_id uuid, in_log text, in_after bigint, max_events int) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(page.wire order by page.seq), '[]')
  from (
    select wire_event(e) as wire, e.seq
    from events e
    where e.conversation_id = in_conversation_id and e.log = in_log and e.seq > in_after
    order by e.seq
    limit max_events) page
$$;
