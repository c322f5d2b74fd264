import type { Db } from '../db/client.js'
import { bodyBytes } from './broadcast.js'
import type { Parts } from './channel.js'
import type { Room } from './hub.js'
import { type Broadcast, isObject, parseJson } from './wire.js'

const CHANNEL = 'realtime'

export interface DatabaseBroadcasts {
  start(): Promise<void>
  stop(): Promise<void>
  isListening(): boolean
  /** How often the listening session was lost; what was sent meanwhile reached nobody. */
  lostCount(): number
}

type Heard = { room: Room; broadcast: Broadcast }

/** Hears what `realtime.send` published once its transaction has committed, in the order of the commits. */
export function createDatabaseBroadcasts(
  { db, hub, limits, log }: Pick<Parts, 'db' | 'hub' | 'limits' | 'log'>,
  onBroadcast: (topic: string, event: string) => void,
): DatabaseBroadcasts {
  let stop: (() => Promise<void>) | undefined
  let isListening = false
  let lostCount = 0
  // set while a row is being fetched: what comes after it waits, so that nothing overtakes
  let fetching: Promise<void> | undefined

  const publish = ({ room, broadcast }: Heard) => {
    if (bodyBytes(broadcast) > limits.payloadBytes) {
      log.debug({ topic: room.topic }, 'dropped a broadcast of the database; its payload is too large')
      return
    }
    hub.broadcast(room, broadcast)
    if (room.isPrivate) onBroadcast(room.topic, broadcast.event)
  }
  const fetchAndPublish = async (frame: Record<string, unknown>) => {
    try {
      const heard = heardIn(frame) ?? (await stored(db, frame['id']))
      if (heard) publish(heard)
    } catch (error) {
      log.warn({ err: error }, 'unable to fetch a broadcast of the database; its receivers will catch up')
    }
  }
  const onPayload = (payload: string) => {
    const frame = parseJson(payload)
    if (!isObject(frame)) return
    const heard = fetching ? null : heardIn(frame)
    if (heard) return publish(heard)
    const turn = (fetching ?? Promise.resolve())
      .then(() => fetchAndPublish(frame))
      .finally(() => {
        if (fetching === turn) fetching = undefined
      })
    fetching = turn
  }

  return {
    async start() {
      stop = await db.listen(CHANNEL, onPayload, (listening) => {
        isListening = listening
        if (!listening) lostCount++
        log.info({ listening }, listening ? 'database broadcasts are back' : 'database broadcasts were lost')
      })
      isListening = true
    },
    async stop() {
      isListening = false
      await stop?.()
      await fetching
    },
    isListening: () => isListening,
    lostCount: () => lostCount,
  }
}

/** Null when the notification holds only the id: the frame was too long for one. */
function heardIn({ id, topic, event, payload, private: isPrivate }: Record<string, unknown>): Heard | null {
  if (typeof topic !== 'string' || typeof event !== 'string' || payload === undefined) return null
  const broadcast = { id: String(id), event, body: JSON.stringify(payload), compact: true }
  return { room: { topic, isPrivate: isPrivate === true }, broadcast }
}

async function stored(db: Db, id: unknown): Promise<Heard | null> {
  if (typeof id !== 'string') return null
  const [row] = await db.query<{ topic: string; event: string; payload: string; private: boolean }>(
    'select topic, event, payload::text as payload, private from realtime.messages where id = $1::uuid',
    [id],
  )
  if (!row) return null
  return {
    room: { topic: row.topic, isPrivate: row.private },
    broadcast: { id, event: row.event, body: row.payload, compact: true },
  }
}
