-- What the key of a message stands for.
create or replace function message_hash(body text, reply_to_id uuid) returns bytea
language plpgsql immutable parallel safe
as $$ begin return sha256(convert_to(concat_ws(chr(1), body, reply_to_id), 'utf8')); end $$;
