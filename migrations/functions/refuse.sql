-- The one way in which a function says no: `code` is a code of sdk/protocol/errors.ts, and travels
-- as the name of a constraint because programs read names, not texts.
create or replace function refuse(code text, reason text, retry_after_seconds int default null) returns void
language plpgsql
as $$
begin
  raise exception using
    errcode = 'PARLY',
    constraint = code,
    message = reason,
    detail = coalesce(retry_after_seconds::text, '');
end
$$;
