-- Several messages in one transaction, each as send_message says, in the order given: they share one commit.
-- A conversation that someone else is writing to is not waited for, because those before it stay locked
-- meanwhile; the answer for it is null, and its message is to be sent alone.
-- -> for each draft { event, replayed }, or { refusal } in the words of an error, or null
create or replace function send_messages(drafts jsonb) returns jsonb
language plpgsql
as $$
declare
  draft jsonb;
  answer jsonb;
  answers jsonb[] := '{}';
  refused_code text;
  refused_reason text;
  refused_detail text;
begin
  for draft in select d.draft from jsonb_array_elements(drafts) with ordinality d (draft, place) order by d.place loop
    -- a refusal undoes its own message only
    begin
      perform 1 from conversation_heads h
      where h.conversation_id = (draft ->> 'conversationId')::uuid
      for no key update skip locked;
      answer := case when found then send_message(
        draft ->> 'actorType', (draft ->> 'actorId')::uuid, (draft ->> 'conversationId')::uuid,
        (draft ->> 'idempotencyKey')::uuid, draft ->> 'body', (draft ->> 'replyToId')::uuid) end;
    exception when sqlstate 'PARLY' then
      get stacked diagnostics
        refused_code = constraint_name, refused_reason = message_text, refused_detail = pg_exception_detail;
      answer := jsonb_build_object('refusal', jsonb_build_object(
        'code', 'PARLY', 'constraint', refused_code, 'message', refused_reason, 'detail', refused_detail));
    end;
    answers := answers || answer;
  end loop;
  return to_jsonb(answers);
end
$$;
