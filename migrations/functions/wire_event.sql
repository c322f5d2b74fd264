-- The wire_events of one.
create or replace function wire_event(e events) returns jsonb
language plpgsql stable
as $$ begin return (wire_events(array[e]))[1]; end $$;
