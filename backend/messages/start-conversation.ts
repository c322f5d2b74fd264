import type { ActAnswer, ConversationStart } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { ContactActor } from '../http/actor.js'

/**
 * Opens a conversation with its first message, in one transaction; the rules are in start_conversation.sql.
 * @throws {ChatError} `idempotency_mismatch`, `forbidden`, `rate_limited`
 */
export async function startConversation(
  db: Queryable,
  contact: ContactActor,
  { idempotencyKey, subject, message }: ConversationStart,
): Promise<{ answer: ActAnswer; isReplay: boolean }> {
  const [row] = await db.query<{ started: ActAnswer & { replayed: boolean } }>(
    'select start_conversation($1, $2, $3, $4, $5, $6) as started',
    [contact.id, contact.inboxId, idempotencyKey, subject ?? null, message.idempotencyKey, message.body],
  )
  const { head, events, replayed } = row!.started
  return { answer: { head, events }, isReplay: replayed }
}
