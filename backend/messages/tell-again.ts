import type { ChatEvent } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'

/** Tells of a stored event of which it is not known whether anybody was told; who was takes no notice. */
export async function tellAgain(db: Queryable, event: string): Promise<void> {
  const { conversationId, log, seq } = JSON.parse(event) as ChatEvent
  await db.query(
    `select publish_events(array_agg(e)) from events e where e.conversation_id = $1 and e.log = $2 and e.seq = $3`,
    [conversationId, log, seq],
  )
}
