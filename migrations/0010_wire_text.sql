-- these answer text now, and took JSON: without this those of before would stay beside them
drop function if exists wire_actor(text, uuid, text);
drop function if exists wire_event(uuid, text, bigint, uuid, text, timestamptz, json, uuid, uuid, json);
drop function if exists wire_message(uuid, bigint, bigint, bigint, text, json, text, uuid, timestamptz);
drop function if exists wire_head(conversations, bigint, bigint, bigint, uuid, text, text, json);
drop function if exists wire_last_message(text, json, timestamptz);
