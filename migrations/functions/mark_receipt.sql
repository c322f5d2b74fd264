-- Moves an actor's high-water marks, never back and never past the head; a read message is delivered.
-- Said aloud only when something moved. -> Receipt
create or replace function mark_receipt(
  in_actor_type text, in_actor_id uuid, in_conversation_id uuid, in_delivered_seq bigint, in_read_seq bigint
) returns jsonb
language plpgsql
as $$
declare
  conversation conversations;
  head_seq bigint;
  before participants;
  mark participants;
begin
  select * into conversation from conversations where id = in_conversation_id;
  if not found or not sees_conversation(in_actor_type, in_actor_id, conversation) then
    perform refuse('not_found', 'no such conversation');
  end if;
  select h.last_seq into strict head_seq from conversation_heads h where h.conversation_id = in_conversation_id;

  insert into participants (conversation_id, actor_id, workspace_id, actor_type)
  values (in_conversation_id, in_actor_id, conversation.workspace_id, in_actor_type)
  on conflict do nothing;
  select * into strict before from participants p
  where p.conversation_id = in_conversation_id and p.actor_id = in_actor_id
  for no key update;

  mark := before;
  mark.read_seq := greatest(before.read_seq, least(in_read_seq, head_seq));
  mark.delivered_seq := greatest(before.delivered_seq, least(in_delivered_seq, head_seq), mark.read_seq);
  if mark = before then
    return wire_receipt(before);
  end if;
  mark.read_message_no := coalesce((
    select m.message_no from messages m
    where m.conversation_id = in_conversation_id and m.log = 'public' and m.seq <= mark.read_seq
    order by m.seq desc
    limit 1), 0);
  update participants p set
    read_seq = mark.read_seq,
    delivered_seq = mark.delivered_seq,
    read_message_no = mark.read_message_no,
    last_xid = pg_current_xact_id()
  where p.conversation_id = in_conversation_id and p.actor_id = in_actor_id;
  perform realtime.send(wire_receipt(mark), 'receipt', 'conversation:' || in_conversation_id, true);
  return wire_receipt(mark);
end
$$;
