import type { Logger } from 'pino'
import type { AccessClaims } from '../../sdk/protocol/index.js'
import type { Db } from '../db/client.js'
import type { Actor } from './actor.js'
import type { Buckets } from './buckets.js'

/** What every handler finds in `c.var`; `actor` only behind a middleware of `actor.ts`. */
export interface AppEnv {
  Variables: {
    db: Db
    actor: Actor
    requestId: string
    /** Carries the request id in every line. */
    log: Logger
    buckets: Buckets
    /** Who calls, for rate limits: an address behind trusted proxies, an IPv6 network, or '' where there is no socket. */
    address: string
    /** Scheme, host and port under which the caller reached this server. */
    ownOrigin: string
    /** Hears what the database broadcasts on a topic, in this process; returns its stop. Without embedded realtime it never hears. */
    hear: (topic: string, listener: (event: string) => void) => () => void
    /** Aborts when the process is asked to stop. */
    draining: AbortSignal
    /** @throws {ChatError} `token_expired`, `token_invalid` */
    verifyToken: (token: string) => Promise<AccessClaims>
  }
}
