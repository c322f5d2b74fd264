import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../db/client.js'
import type { Teller } from '../http/app-env.js'
import { bodyBytes } from './broadcast.js'
import type { Parts } from './channel.js'
import type { Room } from './hub.js'
import type { Broadcast } from './wire.js'

const CHANNEL = 'realtime'
const UUID_CHARS = 36
/** How often this process says that it listens; after five minutes of silence it is forgotten. */
const SAY_MS = 60_000
const RETRY_MS = 500

export interface DatabaseBroadcasts extends Teller {
  start(): Promise<void>
  stop(): Promise<void>
  isListening(): boolean
  /** How often the listening session was lost; what was sent meanwhile reached nobody. */
  lostCount(): number
}

interface Heard {
  room: Room
  event: string
  /** Made where somebody hears it. */
  broadcast: () => Broadcast
}

/**
 * Hears what `realtime.send` published once its transaction has committed, in the order of the commits, and tells at
 * once what this process wrote itself.
 */
export function createDatabaseBroadcasts(
  { db, hub, limits, rates, log }: Pick<Parts, 'db' | 'hub' | 'limits' | 'rates' | 'log'>,
  onBroadcast: (topic: string, event: string) => void,
): DatabaseBroadcasts {
  const id = randomUUID()
  const ended = new AbortController()
  let stop: (() => Promise<void>) | undefined
  let saying: NodeJS.Timeout | undefined
  let isListening = false
  let lostCount = 0
  // set while a row is being fetched: what comes after it waits, so that nothing overtakes
  let fetching: Promise<void> | undefined

  const publish = ({ room, event, broadcast: make }: Heard) => {
    if (room.isPrivate) onBroadcast(room.topic, event)
    if (hub.isEmpty(room)) return void rates.messages.take()
    const broadcast = make()
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

  /** The database notifies only processes of which it knows that they listen. */
  const say = async () => {
    const [row] = await db.query<{ known: boolean }>('select realtime.listen_as($1) as known', [id])
    if (!isListening || row!.known) return
    lostCount++
    log.warn('the database had forgotten that this process listens')
  }
  const sayAgain = () =>
    say().catch((error: unknown) => log.warn({ err: error }, 'unable to say that this process listens'))
  const comeBack = async (losses: number) => {
    while (!ended.signal.aborted && losses === lostCount && !isListening) {
      try {
        await say()
        isListening = losses === lostCount
        log.info('database broadcasts are back')
      } catch {
        await sleep(RETRY_MS, undefined, { signal: ended.signal, ref: false }).catch(() => {})
      }
    }
  }

  return {
    id,
    tell(told) {
      for (const { topic, event, body, writer } of told)
        publish({
          room: { topic, isPrivate: true },
          event,
          broadcast: () => {
            const id = randomUUID()
            return { id, event, body: withId(body, id), writer, compact: true }
          },
        })
    },
    async start() {
      stop = await db.listen(CHANNEL, onPayload, (listening) => {
        if (listening) return void comeBack(lostCount)
        isListening = false
        lostCount++
        log.info('database broadcasts were lost')
      })
      // no other process opens an embedded database; who is listed died without a word
      if (db.engine === 'pglite') await db.query('delete from realtime.listeners')
      await say()
      isListening = true
      saying = setInterval(() => void sayAgain(), SAY_MS).unref()
    },
    async stop() {
      isListening = false
      ended.abort()
      clearInterval(saying)
      await stop?.()
      await fetching
      await db.query('delete from realtime.listeners where id = $1', [id]).catch(() => {})
    },
    isListening: () => isListening,
    lostCount: () => lostCount,
  }
}

/** As `realtime.send` writes it into what it stores. */
const withId = (body: string, id: string) => `{"id": "${id}", ${body.slice(1)}`

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
    event,
    broadcast: () => ({ id, event, body: notified.slice(from), compact: true }),
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
    event: row.event,
    broadcast: () => ({ id, event: row.event, body: row.payload, compact: true }),
  }
}
