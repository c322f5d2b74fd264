import type { Db } from '../db/client.js'
import { bodyBytes } from './broadcast.js'
import type { Parts } from './channel.js'
import type { Room } from './hub.js'
import type { Broadcast } from './wire.js'

const CHANNEL = 'realtime'
const UUID_CHARS = 36

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
  { db, hub, limits, rates, log }: Pick<Parts, 'db' | 'hub' | 'limits' | 'rates' | 'log'>,
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
    // as the real server: whoever would have heard it is not told
    if (rates.messages.left() < 1) log.debug({ topic: room.topic }, 'dropped a broadcast of the database; too many')
    else {
      rates.messages.take()
      hub.broadcast(room, broadcast)
    }
    if (room.isPrivate) onBroadcast(room.topic, broadcast.event)
  }
  const fetchAndPublish = async (notified: string) => {
    try {
      const heard = heardIn(notified) ?? (await stored(db, notified))
      if (heard) publish(heard)
    } catch (error) {
      log.warn({ err: error }, 'unable to fetch a broadcast of the database; its receivers will catch up')
    }
  }
  const onPayload = (notified: string) => {
    const heard = fetching ? null : heardIn(notified)
    if (heard) return publish(heard)
    const turn = (fetching ?? Promise.resolve())
      .then(() => fetchAndPublish(notified))
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

/**
 * Id, privacy, event, topic and payload, a line each; the payload is passed on as it is written. Null when the
 * notification holds only the id: the frame was too long for one.
 */
function heardIn(notified: string): Heard | null {
  let from = 0
  const line = () => {
    const end = notified.indexOf('\n', from)
    const text = end < 0 ? undefined : notified.slice(from, end)
    from = end + 1
    return text
  }
  const [id, isPrivate, event, topic] = [line(), line(), line(), line()]
  if (id === undefined || event === undefined || topic === undefined) return null
  return {
    room: { topic, isPrivate: isPrivate === 't' },
    broadcast: { id, event, body: notified.slice(from), compact: true },
  }
}

async function stored(db: Db, notified: string): Promise<Heard | null> {
  const id = notified.slice(0, UUID_CHARS)
  const [row] = await db.query<{ topic: string; event: string; payload: string; private: boolean }>(
    `select topic, event, payload::text as payload, private
     from realtime.messages
     where id = $1::uuid and event is not null and payload is not null`,
    [id],
  )
  if (!row) return null
  return {
    room: { topic: row.topic, isPrivate: row.private },
    broadcast: { id, event: row.event, body: row.payload, compact: true },
  }
}
