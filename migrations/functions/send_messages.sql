-- Several messages in one transaction, each as send_message says, in the order given: they share one commit,
-- and those from which nothing else follows share each statement too. A draft is what write_messages reads, with
-- the session that its author writes in.
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
  ended int[];
  locked uuid[];
  plain messages[];
  places int[];
  others int[];
  place int;
  wires jsonb[];
  answers jsonb[] := array_fill(null::jsonb, array[cardinality(drafts)]);
begin
  ended := ended_sessions(in_drafts);
  foreach place in array ended loop
    drafts[place] := null;
    answers[place] := wire_refusal('token_invalid', 'its session has ended', '');
  end loop;

  locked := array(
    select h.conversation_id
    from conversation_heads h
    where h.conversation_id in (select (d).conversation_id from unnest(drafts) d)
    for no key update skip locked);
  select
    array_agg(d.draft) filter (where d.is_plain),
    array_agg(d.place) filter (where d.is_plain),
    array_agg(d.place) filter (where not d.is_plain)
  into plain, places, others
  from told_apart(drafts, locked) d;

  if plain is not null then
    wires := publish_events(write_messages(plain));
    for i in 1 .. cardinality(places) loop
      answers[places[i]] := jsonb_build_object('event', wires[i], 'replayed', false);
    end loop;
  end if;
  foreach place in array coalesce(others, '{}') loop
    answers[place] := try_message(drafts[place]);
  end loop;
  return to_jsonb(answers);
end
$$;
