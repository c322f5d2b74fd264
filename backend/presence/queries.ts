import type { PresenceAnswer, PresenceRequest } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { Actor } from '../http/actor.js'

/** What the actor may not see is left out of the answer. */
export async function setPresence(
  db: Queryable,
  actor: Actor,
  { state, conversationIds, page }: PresenceRequest,
): Promise<PresenceAnswer> {
  const [row] = await db.query<{ answer: PresenceAnswer }>(
    'select set_presence($1, $2, $3, $4, $5::uuid[], $6, $7::text::jsonb) as answer',
    [
      actor.workspaceId,
      actor.type,
      actor.id,
      state,
      conversationIds,
      actor.type === 'contact' ? actor.inboxId : null,
      page ? JSON.stringify(page) : null,
    ],
  )
  return row!.answer
}
