import { MAX_PAGE, MAX_SYNC_EVENTS, type SyncAnswer, type SyncRequest } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { Actor } from '../http/actor.js'

/** What the database knows of an answer, all from one snapshot. */
export type Digest = Omit<SyncAnswer, 'serverTime' | 'syncAfterMs' | 'reconnectWindowMs'>

/** `isReplica`: the digest is of a copy of the database, which may lag behind. */
export interface ReadDigest {
  digest: Digest
  isReplica: boolean
}

export async function readDigest(
  db: Queryable,
  actor: Actor,
  { cursor, open }: Pick<SyncRequest, 'cursor' | 'open'>,
): Promise<ReadDigest> {
  const [row] = await db.query<ReadDigest>(
    'select sync($1, $2, $3, $4, $5::text::jsonb, $6, $7) as digest, pg_is_in_recovery() as "isReplica"',
    [actor.workspaceId, actor.type, actor.id, cursor, JSON.stringify(open), MAX_PAGE, MAX_SYNC_EVENTS],
  )
  return row!
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
