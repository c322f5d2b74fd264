-- What an actor's key wrote before, or null. The same key with another payload is refused: it would
-- otherwise answer "sent" for a message that was never stored.
create or replace function known_event(in_conversation_id uuid, in_actor_id uuid, in_key uuid, in_hash bytea) returns events
language plpgsql
as $$
declare
  event events;
begin
  select e.* into event
  from (
    select in_actor_id as id
    union all
    -- whom a contact was before it was known who they are
    select c.id from contacts c where c.merged_into = in_actor_id) author
  join events e on e.conversation_id = in_conversation_id
    and e.actor_id = author.id
    and e.idempotency_key = in_key;
  if found and event.payload_hash <> in_hash then
    perform refuse('idempotency_mismatch', 'this idempotency key was used with another content');
  end if;
  return event;
end
$$;
