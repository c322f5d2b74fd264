-- SyncLog of sdk/protocol/sync.ts: both logs of one conversation past the asker's cursors, in one
-- snapshot. Null when the asker may not see it. A cursor of another epoch starts again from 0.
create or replace function sync_log(in_actor_type text, in_actor_id uuid, in_open jsonb, max_events int) returns jsonb
language plpgsql stable
as $$
declare
  conversation conversations;
  head conversation_heads;
  same_epoch boolean;
  after_public bigint;
  after_internal bigint;
  public_page jsonb;
  internal_page jsonb := '[]';
begin
  select * into conversation from conversations where id = (in_open ->> 'conversationId')::uuid;
  if not found or not sees_conversation(in_actor_type, in_actor_id, conversation) then
    return null;
  end if;
  select * into strict head from conversation_heads where conversation_id = conversation.id;
  same_epoch := head.epoch::text = in_open ->> 'epoch';
  after_public := case when same_epoch then (in_open ->> 'seq')::bigint else 0 end;
  after_internal := case when same_epoch then coalesce((in_open ->> 'internalSeq')::bigint, 0) else 0 end;

  public_page := log_page(conversation.id, 'public', after_public, max_events);
  if in_actor_type = 'agent' then
    internal_page := log_page(conversation.id, 'internal', after_internal, max_events);
  end if;
  return jsonb_build_object(
    'conversationId', conversation.id,
    'epoch', head.epoch,
    'head', head.last_seq,
    'internalHead', case in_actor_type when 'agent' then head.last_internal_seq else 0 end,
    'events', public_page || internal_page,
    'receipts', wire_receipts(conversation.id),
    'hasMore', head.last_seq > after_public + jsonb_array_length(public_page)
      or (in_actor_type = 'agent' and head.last_internal_seq > after_internal + jsonb_array_length(internal_page)));
end
$$;
