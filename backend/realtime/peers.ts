import { randomUUID } from 'node:crypto'
import type { Parts } from './channel.js'
import type { Room } from './hub.js'
import { type Broadcast, isObject, parseJson } from './wire.js'

const CHANNEL = 'realtime_peers'
/** A notification of Postgres ends at 8,000 bytes. */
const MAX_FRAME_BYTES = 7_900
const MAX_WAITING = 1_000

/** Other processes on the same Postgres: they get what clients of this one broadcast. */
export interface Peers {
  tell(room: Room, broadcast: Broadcast): void
  start(): Promise<void>
  stop(): Promise<void>
}

export function createPeers({ db, hub, log }: Pick<Parts, 'db' | 'hub' | 'log'>): Peers {
  const self = randomUUID()
  let waiting: string[] = []
  let telling: Promise<void> | undefined
  let stop: (() => Promise<void>) | undefined

  const tellAll = async () => {
    while (waiting.length > 0) {
      const frames = waiting
      waiting = []
      try {
        await db.query('select pg_notify($1, frame) from unnest($2::text[]) frame', [CHANNEL, frames])
      } catch (error) {
        log.warn({ err: error, frames: frames.length }, 'unable to pass broadcasts on to other processes')
      }
    }
    telling = undefined
  }

  return {
    tell(room, { event, body, compact }) {
      // an embedded database has one process; raw bytes and long ones stay where they are, they are hints
      if (db.engine !== 'postgres' || typeof body !== 'string' || waiting.length >= MAX_WAITING) return
      const frame = JSON.stringify({ from: self, room, event, body, compact })
      if (Buffer.byteLength(frame) > MAX_FRAME_BYTES) return
      waiting.push(frame)
      telling ??= tellAll()
    },
    async start() {
      if (db.engine !== 'postgres') return
      stop = await db.listen(CHANNEL, (payload) => {
        const frame = parseJson(payload) as ({ from: string; room: Room } & Broadcast) | undefined
        if (!isObject(frame) || frame.from === self) return
        const { room, event, body, compact } = frame
        hub.broadcast(room, { event, body, compact })
      })
    },
    async stop() {
      await stop?.()
      await telling
    },
  }
}
