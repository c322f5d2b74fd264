-- As send_message, within a transaction that goes on: a refusal undoes this message only, and is answered.
-- -> { event, replayed }, or { refusal } in the words of an error
create or replace function try_message(draft messages) returns jsonb
language plpgsql
as $$
declare
  refused_code text;
  refused_reason text;
  refused_detail text;
begin
  return send_message(draft.author_type, draft.author_id, draft.conversation_id, draft.idempotency_key, draft.body, draft.reply_to_id);
exception when sqlstate 'PARLY' then
  get stacked diagnostics
    refused_code = constraint_name, refused_reason = message_text, refused_detail = pg_exception_detail;
  return wire_refusal(refused_code, refused_reason, refused_detail);
end
$$;
