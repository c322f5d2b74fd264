-- What a key stands for, so that the same key with another body is noticed.
create or replace function body_hash(body text) returns bytea
language sql immutable parallel safe
as $$ select sha256(convert_to(body, 'utf8')) $$;
