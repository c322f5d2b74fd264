-- What may still happen to a message once it is sent.

alter table messages
  -- who reacted with what, as it is told: [{ emoji, actorIds }], in the order of the first of each
  add column reactions jsonb not null default '[]' constraint messages_reactions_array check (jsonb_typeof(reactions) = 'array'),
  drop constraint messages_body_length,
  -- a deleted message keeps its place in the log and loses what it said
  add constraint messages_body_length check (case when deleted_at is null then length(body) between 1 and 8000 else body = '' end);

alter table inboxes
  -- a contact may edit and delete a message of theirs this long; agents always
  add column edit_window interval not null default '15 minutes';

-- these take the message that is replied to, or several at once
drop function if exists send_message(text, uuid, uuid, uuid, text);
drop function if exists write_message(conversations, text, uuid, uuid, text);
drop function if exists follow_conversation(conversations, uuid, text);
drop function if exists open_conversation(uuid, uuid, uuid, uuid, bytea, text, uuid, uuid, text);
drop function if exists send_messages(jsonb);
drop function if exists publish_events(uuid, events[]);
