-- Whether an actor may read a conversation's public log. Every read and every write asks this.
create or replace function sees_conversation(actor_type text, actor_id uuid, c conversations) returns boolean
language sql stable
as $$
  select case actor_type
    when 'contact' then c.contact_id = actor_id
    when 'agent' then agent_sees_inbox(actor_id, c.inbox_id)
    else false
  end
$$;
