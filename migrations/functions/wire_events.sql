-- Each event as the log, the answer to its write, a catch-up and a broadcast have it. In the order given.
create or replace function wire_events(written events[]) returns jsonb[]
language plpgsql stable
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
begin return array(
  select wire_event((w.e).conversation_id, (w.e).log, (w.e).seq, h.epoch, (w.e).type, (w.e).created_at,
    wire_actor((w.e).actor_type, (w.e).actor_id, coalesce(a.name, c.name)), (w.e).idempotency_key, (w.e).message_id,
    case
      when (w.e).type like 'message.%' then concat('{"message": ', wire_message(m, coalesce(ma.name, mc.name)), '}')
      else (w.e).data::text
    end)::jsonb
  from (select e, row_number() over () as place from unnest(written) e) w
  left join conversation_heads h on h.conversation_id = (w.e).conversation_id
  left join agents a on a.id = (w.e).actor_id
  left join contacts c on c.id = (w.e).actor_id
  left join messages m on m.id = (w.e).message_id
  left join agents ma on ma.id = m.author_id
  left join contacts mc on mc.id = m.author_id
  order by w.place
); end
$$;
