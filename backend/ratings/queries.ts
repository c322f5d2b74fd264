import type { ChatEvent, RatingRequest } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'

/** @throws {ChatError} `not_found`, `forbidden`, `stale_version`, `gone`, `idempotency_mismatch` */
export async function rateConversation(
  db: Queryable,
  contactId: string,
  conversationId: string,
  { idempotencyKey, score, comment = '' }: RatingRequest,
): Promise<{ event: ChatEvent; isReplay: boolean }> {
  const [row] = await db.query<{ written: { event: ChatEvent; replayed: boolean } }>(
    'select rate_conversation($1, $2, $3, $4, $5) as written',
    [contactId, conversationId, idempotencyKey, score, comment],
  )
  return { event: row!.written.event, isReplay: row!.written.replayed }
}
