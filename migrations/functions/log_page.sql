-- The next events of one log after a seq, oldest first.
create or replace function log_page(in_conversation_id uuid, in_log text, in_after bigint, max_events int) returns jsonb
language sql stable
as $$
  select to_jsonb(wire_events(array(
    select e
    from events e
    where e.conversation_id = in_conversation_id and e.log = in_log and e.seq > in_after
    order by e.seq
    limit max_events)))
$$;
