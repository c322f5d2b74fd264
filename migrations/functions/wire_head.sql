-- The wire_heads of one.
create or replace function wire_head(in_conversation_id uuid, internal boolean) returns jsonb
language plpgsql stable
as $$ begin return (select h.wire from wire_heads(array[in_conversation_id], internal) h); end $$;
