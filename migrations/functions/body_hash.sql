-- What a key stands for, so that the same key with another body is noticed.
create or replace function body_hash(body text) returns bytea
language plpgsql immutable parallel safe
as $$ begin return sha256(convert_to(body, 'utf8')); end $$;
