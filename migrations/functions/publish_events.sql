-- Tells everyone what a transaction did to a conversation: each event on its log's topic, then the new
-- head on the lists it stands in. A hint only: who misses it catches up by POST /v1/sync.
-- -> the events as they were told, in their order
drop function if exists publish_events(uuid, events[]);
create function publish_events(in_conversation_id uuid, written events[]) returns jsonb[]
language plpgsql
as $$
declare
  event events;
  wire jsonb;
  wires jsonb[] := '{}';
  conversation conversations;
  head jsonb;
begin
  foreach event in array written loop
    wire := wire_event(event);
    wires := wires || wire;
    if octet_length(wire::text) > 4000 then
      wire := jsonb_build_object('conversationId', event.conversation_id, 'log', event.log, 'seq', event.seq, 'epoch', wire -> 'epoch');
    end if;
    perform realtime.send(wire, 'event', 'conversation:' || event.conversation_id || case event.log when 'internal' then ':internal' else '' end, true);
  end loop;

  select * into strict conversation from conversations where id = in_conversation_id;
  head := wire_head(in_conversation_id, true);
  perform realtime.send(head, 'head', 'inbox:' || conversation.inbox_id, true);
  perform realtime.send(head || '{"internalSeq": 0}', 'head', 'contact:' || conversation.contact_id, true);
  return wires;
end
$$;
