import type { ChatEvent, Draft } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { Actor } from '../http/actor.js'

/**
 * The only door by which a message enters a conversation; the rules are in send_message.sql. `isReplay`: the
 * key was known, and this is what it wrote then.
 * @throws {ChatError} `not_found`, `idempotency_mismatch`, `forbidden`, `invalid_request` for a reply to elsewhere
 */
export async function sendMessage(
  db: Queryable,
  actor: Actor,
  conversationId: string,
  { idempotencyKey, body, replyToId }: Draft,
): Promise<{ event: ChatEvent; isReplay: boolean }> {
  const [row] = await db.query<{ written: { event: ChatEvent; replayed: boolean } }>(
    'select send_message($1, $2, $3, $4, $5, $6) as written',
    [actor.type, actor.id, conversationId, idempotencyKey, body, replyToId ?? null],
  )
  return { event: row!.written.event, isReplay: row!.written.replayed }
}
