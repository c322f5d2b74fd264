import type { Logger } from 'pino'
import type { AccessClaims } from '../../sdk/protocol/index.js'
import type { Db } from '../db/client.js'
import type { Actor } from './actor.js'
import type { Buckets } from './buckets.js'

/** One broadcast of what was written: `body` is the text of its payload. */
export interface Told {
  topic: string
  event: string
  body: string
  /** The session that wrote it and has the answer: it may hear this a little later. */
  writer?: string
}

/** Tells the sockets of this process what a write told, where the database left that to it because no other process listens. */
export interface Teller {
  /** By which the database knows this process among those that listen; null where it serves no sockets. */
  id: string | null
  tell(told: readonly Told[]): void
}

/**
 * What every handler finds by `c.get`; `actor` only behind a middleware of `actor.ts`. `c.var` makes an object of all of
 * them at each use, which was a twentieth of what a message cost the server.
 */
export interface AppEnv {
  Variables: {
    db: Db
    actor: Actor
    requestId: string
    /** Lines about one request name its `requestId`. */
    log: Logger
    buckets: Buckets
    /** Who calls, for rate limits: an address behind trusted proxies, an IPv6 network, or '' where there is no socket. */
    address: string
    /** Scheme, host and port under which the caller reached this server. */
    ownOrigin: () => string
    /** Hears what the database broadcasts on a topic, in this process; returns its stop. Without embedded realtime it never hears. */
    hear: (topic: string, listener: (event: string) => void) => () => void
    teller: Teller
    /** Aborts when the process is asked to stop. */
    draining: AbortSignal
    /** @throws {ChatError} `token_expired`, `token_invalid` */
    verifyToken: (token: string) => Promise<AccessClaims>
  }
}
