import type { Queryable } from '../db/client.js'
import type { JoinConfig } from './join-config.js'
import type { Broadcast } from './wire.js'

interface StoredRow {
  id: string
  event: string
  payload: string
}

/** Stored private broadcasts of a topic, the newest ones, oldest first. */
export async function storedBroadcasts(
  db: Queryable,
  topic: string,
  { since, limit }: NonNullable<JoinConfig['replay']>,
): Promise<Broadcast[]> {
  const rows = await db.query<StoredRow>(
    `select id, event, payload::text as payload
    from realtime.messages
    where topic = $1 and private and extension = 'broadcast' and event is not null and payload is not null
      and inserted_at >= to_timestamp($2::float8 / 1000) at time zone 'utc'
    order by inserted_at desc, place desc
    limit $3`,
    [topic, since, limit],
  )
  return rows
    .reverse()
    .map(({ id, event, payload }) => ({ id, event, body: payload, replayed: true as const, compact: false }))
}
