-- Several messages in one transaction, each as send_message says, in the order given: they share one commit,
-- and those from which nothing else follows share each statement too. A draft is what write_messages reads.
-- A conversation that someone else is writing to is not waited for, because those before it stay locked
-- meanwhile; the answer for it is null, and its message is to be sent alone.
-- -> for each draft { event, replayed }, or { refusal } in the words of an error, or null
create or replace function send_messages(in_drafts jsonb) returns jsonb
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  drafts messages[] := array(select d from jsonb_populate_recordset(null::messages, in_drafts) d);
  locked uuid[];
  plain int[];
  other int[];
  place int;
  event jsonb;
  answers jsonb[] := array_fill(null::jsonb, array[cardinality(drafts)]);
begin
  locked := array(
    select h.conversation_id
    from conversation_heads h
    where h.conversation_id in (select (d).conversation_id from unnest(drafts) d)
    for no key update skip locked);
  select array_agg(p.place) filter (where p.is_plain), array_agg(p.place) filter (where not p.is_plain)
  into plain, other
  from plain_drafts(drafts, locked) p;
  
  if plain is not null then
    foreach event in array publish_events(write_messages(array(select drafts[p] from unnest(plain) p))) loop
      place := coalesce(place, 0) + 1;
      answers[plain[place]] := jsonb_build_object('event', event, 'replayed', false);
    end loop;
  end if;
  if other is not null then
    foreach place in array other loop
      answers[place] := try_message(drafts[place]);
    end loop;
  end if;
  return to_jsonb(answers);
end
$$;
