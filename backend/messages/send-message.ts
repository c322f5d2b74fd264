import { ChatError, type Draft } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { Actor } from '../http/actor.js'

/** `event` is the text of a ChatEvent, as the database wrote it. `isReplay`: the key was known, and this is what it wrote then. */
export interface Sent {
  event: string
  isReplay: boolean
}

/**
 * The only door by which a message enters a conversation; the rules are in send_message.sql. Refuses an actor whose
 * session has ended.
 * @throws {ChatError} `token_invalid`, `not_found`, `idempotency_mismatch`, `forbidden`, `invalid_request` for a reply to elsewhere
 */
export async function sendMessage(
  db: Queryable,
  actor: Actor,
  conversationId: string,
  { idempotencyKey, body, replyToId }: Draft,
): Promise<Sent> {
  const [row] = await db.query<{ event: string | null; replayed: boolean }>(
    `select s.written ->> 'event' as event, (s.written -> 'replayed')::boolean as replayed
     from (select case when session_stands($1, $2, $7) then send_message($1, $2, $3, $4, $5, $6) end as written offset 0) s`,
    [actor.type, actor.id, conversationId, idempotencyKey, body, replyToId ?? null, actor.sessionId],
  )
  if (!row?.event) throw new ChatError('token_invalid', 'unable to accept the access token; its session has ended')
  return { event: row.event, isReplay: row.replayed }
}
