-- What refuse raises, as an answer: in the words of an error, as a driver gives it.
create or replace function wire_refusal(code text, reason text, detail text) returns jsonb
language sql stable
as $$ select jsonb_build_object('refusal', jsonb_build_object('code', 'PARLY', 'constraint', code, 'message', reason, 'detail', detail)) $$;
