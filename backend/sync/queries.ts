import { MAX_PAGE, MAX_SYNC_EVENTS, type SyncAnswer, type SyncRequest } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { Actor } from '../http/actor.js'

/** What the database knows of an answer, all from one snapshot. */
export type Digest = Omit<SyncAnswer, 'serverTime' | 'syncAfterMs' | 'reconnectWindowMs'>

export async function readDigest(
  db: Queryable,
  actor: Actor,
  { cursor, open }: Pick<SyncRequest, 'cursor' | 'open'>,
): Promise<Digest> {
  const [row] = await db.query<{ digest: Digest }>('select sync($1, $2, $3, $4, $5::text::jsonb, $6, $7) as digest', [
    actor.workspaceId,
    actor.type,
    actor.id,
    cursor,
    JSON.stringify(open),
    MAX_PAGE,
    MAX_SYNC_EVENTS,
  ])
  return row!.digest
}

/** Where a change of such a digest is told. What the actor may not see is not among them. */
export async function listHeardTopics(db: Queryable, actor: Actor, conversationIds: string[]): Promise<string[]> {
  const rows = await db.query<{ topic: string }>('select heard_topics($1, $2, $3::uuid[]) as topic', [
    actor.type,
    actor.id,
    conversationIds,
  ])
  return rows.map((row) => row.topic)
}
