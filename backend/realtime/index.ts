import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import { drainReason } from '../../sdk/protocol/index.js'
import type { Db } from '../db/client.js'
import { pruneRealtimeMessages } from '../db/prune-realtime.js'
import type { Teller } from '../http/app-env.js'
import type { Keyring } from '../sessions/keyring.js'
import type { Parts } from './channel.js'
import { createDatabaseBroadcasts } from './database-broadcasts.js'
import { createHub } from './hub.js'
import { ratesOf, DEFAULT_LIMITS, type RealtimeLimits } from './limits.js'
import { createPeers } from './peers.js'
import { createPresence } from './presence.js'
import { restRoutes } from './rest.js'
import { serveSocket, type Socket } from './socket.js'
import { together } from './together.js'
import { createUpgrade } from './upgrade.js'
import { tokenVerifier } from './verify-token.js'

export type { RealtimeLimits } from './limits.js'

const SERVICE_RESTART = 1012
/** How many of the clients of a process that closes are to dial again in a second. */
const DIALS_PER_SECOND = 100
const MIN_DRAIN_MS = 1_000
/** More of them than these allow dial more quickly. */
const MAX_DRAIN_MS = 30_000
/** How long closing waits for clients to say goodbye. */
const GOODBYE_MS = 1_000
/** How much later somebody may hear what they wrote themselves, where nothing else is to be heard on that socket. */
const ECHO_MS = 500
const PRUNE_MS = 3_600_000

interface RealtimeStats {
  sockets: number
  channels: number
  /** Whether broadcasts of the database arrive. */
  listening: boolean
  /** How often the listening session was lost since the start. */
  lostListening: number
}

/** Supabase Realtime's protocol, served by this process. */
export interface Realtime {
  /** The REST broadcast endpoints, below `/realtime/v1`. */
  routes: Hono
  /** Takes over an HTTP upgrade of `/realtime/v1/websocket`; answers refusals itself. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Hears the events that the database broadcasts on a private topic; returns its stop. */
  hear(topic: string, listener: (event: string) => void): () => void
  /** Tells the sockets of this process what a write of it told. */
  teller: Teller
  stats(): RealtimeStats
  /** Starts the listening session. */
  start(): Promise<void>
  /** Closes every socket with 1012, and says over how long their clients are to come back. */
  close(): Promise<void>
}

export function createRealtime(options: {
  db: Db
  keys: Pick<Keyring, 'find'>
  /** What opens a socket for anyone, beside tokens of the role `anon`. */
  publishableKey?: string
  log: Logger
  limits?: Partial<RealtimeLimits>
}): Realtime {
  const { db, log } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const rates = ratesOf(limits)
  const hub = createHub()
  const sockets = new Set<Socket>()
  const listeners = new Map<string, Set<(event: string) => void>>()
  const database = createDatabaseBroadcasts({ db, hub, limits, rates, log }, (topic, event) =>
    listeners.get(topic)?.forEach((listener) => listener(event)),
  )
  const peers = createPeers({ db, hub, log })
  const parts: Parts = {
    db,
    log,
    limits,
    rates,
    hub,
    soon: together(ECHO_MS),
    publish(room, broadcast, except) {
      rates.messages.take()
      hub.broadcast(room, broadcast, except)
      peers.tell(room, broadcast)
    },
    presence: createPresence(hub),
    verify: tokenVerifier(options.keys, options.publishableKey),
    isListening: database.isListening,
  }
  let isClosing = false
  let onLastSocket = () => {}

  const whyNot = () => {
    if (isClosing) return { status: 503, error: 'Realtime is restarting' }
    if (sockets.size >= limits.sockets) return { status: 429, error: 'Too many connected users' }
    return rates.joins.left() > 0 ? null : { status: 429, error: 'Too many joins per second' }
  }
  const upgrade = createUpgrade(parts, whyNot, (ws, connection, version, token) => {
    if (isClosing) return ws.close(SERVICE_RESTART)
    const socket = serveSocket(parts, ws, connection, version, token, () => {
      sockets.delete(socket)
      if (sockets.size === 0) onLastSocket()
    })
    sockets.add(socket)
  })
  const sweeping = setInterval(() => {
    const now = Date.now()
    for (const socket of sockets) socket.sweep(now)
  }, limits.sweepMs).unref()
  const prune = () =>
    pruneRealtimeMessages(db).catch((error: unknown) => log.warn({ err: error }, 'unable to prune old broadcasts'))
  const pruning = setInterval(() => void prune(), PRUNE_MS).unref()

  return {
    routes: restRoutes(parts),
    upgrade,
    hear(topic, listener) {
      const known = listeners.get(topic) ?? new Set()
      listeners.set(topic, known.add(listener))
      return () => {
        if (known.delete(listener) && known.size === 0) listeners.delete(topic)
      }
    },
    teller: database,
    stats: () => ({
      sockets: sockets.size,
      channels: [...sockets].reduce((sum, socket) => sum + socket.channelCount(), 0),
      listening: database.isListening(),
      lostListening: database.lostCount(),
    }),
    async start() {
      await Promise.all([database.start(), peers.start()])
      void prune()
    },
    async close() {
      isClosing = true
      clearInterval(sweeping)
      clearInterval(pruning)
      const gone = new Promise<void>((resolve) => (onLastSocket = resolve))
      const windowMs = Math.min(MAX_DRAIN_MS, Math.max(MIN_DRAIN_MS, (sockets.size * 1_000) / DIALS_PER_SECOND))
      for (const socket of sockets) socket.close(SERVICE_RESTART, drainReason(windowMs))
      const impatience = setTimeout(() => sockets.forEach((socket) => socket.drop()), GOODBYE_MS)
      if (sockets.size > 0) await gone
      clearTimeout(impatience)
      await Promise.all([database.stop(), peers.stop()])
    },
  }
}
