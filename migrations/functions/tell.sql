-- Sends broadcasts on private topics, in this order: by one statement where the database is ours alone.
create or replace function tell(payloads jsonb[], events text[], topics text[]) returns void
language plpgsql
as $$
begin
  if to_regproc('realtime.send_all') is not null then
    perform realtime.send_all(payloads, events, topics, true);
  else
    perform realtime.send(b.payload, b.event, b.topic, true) from unnest(payloads, events, topics) b (payload, event, topic);
  end if;
end
$$;
