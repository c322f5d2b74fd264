-- What follows when a contact's name or address is another: earlier messages of theirs have the name too.
create or replace function tell_change(before contacts, after contacts) returns void
language plpgsql
as $$
declare
  fields text[] := array_remove(array[
    case when before.name <> after.name then 'name' end,
    case when before.email is distinct from after.email then 'email' end], null);
begin
  if cardinality(fields) = 0 then
    return;
  end if;
  update contacts c set name = after.name where c.merged_into = after.id;
  perform tell_contact(after.id, fields);
end
$$;
