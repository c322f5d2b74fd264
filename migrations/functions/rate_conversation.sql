-- A contact rates the newest resolution of a conversation, or rates it again, for 72 hours.
-- -> { event, replayed }
create or replace function rate_conversation(
  in_contact_id uuid, in_conversation_id uuid, in_key uuid, in_score int, in_comment text
) returns jsonb
language plpgsql
as $$
declare
  hash bytea := body_hash(concat_ws(chr(1), 'rate', in_score, in_comment));
  conversation conversations := lock_conversation('contact', in_contact_id, in_conversation_id);
  known events := known_event(conversation.id, in_contact_id, in_key, hash);
  agent agents;
begin
  if known.seq is not null then
    return jsonb_build_object('event', wire_event(known), 'replayed', true);
  end if;
  if exists (select 1 from contacts c where c.id = in_contact_id and c.blocked_at is not null) then
    perform refuse('forbidden', 'this contact is blocked');
  end if;
  if conversation.status <> 'resolved' then
    perform refuse('stale_version', 'the conversation is not resolved');
  end if;
  if conversation.resolved_at < now() - interval '72 hours' then
    perform refuse('gone', 'the time to rate this conversation is over');
  end if;

  select a.* into agent
  from messages m
  join agents a on a.id = m.author_id
  where m.conversation_id = conversation.id and m.log = 'public'
  order by m.seq desc
  limit 1;
  insert into ratings (conversation_id, resolved_seq, workspace_id, contact_id, agent_id, score, comment)
  select conversation.id, e.seq, conversation.workspace_id, in_contact_id, agent.id, in_score, in_comment
  from events e
  where e.conversation_id = conversation.id and e.log = 'public'
    and e.type = 'conversation.status_changed' and e.data ->> 'to' = 'resolved'
  order by e.seq desc
  limit 1
  on conflict (conversation_id, resolved_seq) do update set
    agent_id = excluded.agent_id,
    score = excluded.score,
    comment = excluded.comment,
    changed_at = now();
  return jsonb_build_object(
    'event', (publish_events(array[append_event(conversation.id, 'public', 'conversation.rated', 'contact', in_contact_id,
      in_key, hash, null,
      jsonb_build_object('score', in_score, 'comment', in_comment, 'agentId', agent.id, 'agentName', agent.name))]))[1],
    'replayed', false);
end
$$;
