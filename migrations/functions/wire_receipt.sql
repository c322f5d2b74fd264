-- Receipt of sdk/protocol/conversation.ts.
create or replace function wire_receipt(p participants) returns jsonb
language sql immutable parallel safe
as $$
  select jsonb_build_object(
    'conversationId', p.conversation_id,
    'actor', jsonb_build_object('type', p.actor_type, 'id', p.actor_id),
    'deliveredSeq', p.delivered_seq,
    'readSeq', p.read_seq,
    'readMessageNo', p.read_message_no)
$$;
