-- Notifies every listening process of a broadcast that was stored with its id, as realtime.send does. -> null
create or replace function notify_all(id uuid, topic text, name text, payload jsonb) returns uuid
language plpgsql
as $$
begin
  perform realtime.notify(id, true, name, topic, payload || jsonb_build_object('id', id));
  return null;
end
$$;
