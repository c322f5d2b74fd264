import { setMaxListeners } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import { createApp } from './app.js'
import type { Db } from './db/client.js'
import { openDatabase } from './db/open.js'
import type { AppEnv } from './http/app-env.js'
import { proxyList } from './http/caller.js'
import type { Rates } from './http/buckets.js'
import { openLog } from './log.js'
import { packageVersion } from './package-root.js'
import { createRealtime, type RealtimeLimits } from './realtime/index.js'
import { createTokens } from './sessions/issue-token.js'
import { createKeyring } from './sessions/keyring.js'
import { deriveKey, publishableKey } from './sessions/keys.js'
import { createSignIn } from './sessions/sign-in.js'
import type { PrivateJwk } from './sessions/signing-key.js'
import { type Administrator, findFirstOwner, prepareFirstStart } from './workspace/first-start.js'

export interface BackendOptions {
  /** 32 characters or more; signs refresh secrets and links, and without Supabase the access tokens. */
  secret: string
  /** Folder of the embedded database; default `.parley`. */
  dataDir?: string
  /** Postgres; absent = the embedded database. */
  databaseUrl?: string
  /** A direct address for listening where `databaseUrl` is a pooler. */
  databaseListenUrl?: string
  /** An open, migrated database instead of the above; `close()` closes it. */
  db?: Db
  /** Address under which browsers reach this server; default: as each request names it. */
  publicUrl?: string
  /** Realtime of a Supabase project; absent = served here. Tokens are signed with `jwtSecret`, or with `signingKeys`. */
  supabase?: { url: string; anonKey: string; jwtSecret?: string }
  /** Private JWKs with `kid`, ES256 or RS256. The first signs access tokens, all are accepted, and so is the secret's. */
  signingKeys?: readonly PrivateJwk[]
  /** Proxies whose forwarded address counts: addresses, networks, or `loopback`. */
  trustedProxies?: readonly string[]
  metricsToken?: string
  /** Without `metricsToken`, whether anyone who reaches the server may read `/metrics`; default false. */
  isPrivate?: boolean
  /** First administrator, made once. */
  administrator?: Administrator
  /** Default: lines of JSON on standard error. */
  log?: Logger
  rates?: Rates
  realtimeLimits?: Partial<RealtimeLimits>
}

export interface Backend {
  app: Hono<AppEnv>
  /** Serves `app` on a server of Node's: `createServer(listener)`. Sends pass it more quickly than through `app.fetch`. */
  listener: RequestListener
  engine: Db['engine']
  /** Serves realtime sockets on that server, or on another that serves `app`. */
  attach(server: Server): void
  /** A fragment for the console's address that signs the first owner in, once; null while there is no owner. */
  newSignInFragment(): Promise<string | null>
  /** Answers every poll that waits and tells every socket to come back later (1012). Idempotent. */
  letGo(): Promise<void>
  /** Closes sockets and database; the server around it is yours to close first. */
  close(): Promise<void>
}

/** Opens the database, prepares a first start, and builds the API with everything behind it. @throws {ChatError} `unavailable` */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  const log = options.log ?? openLog(2)
  const { supabase, publicUrl, secret, databaseUrl } = options
  const dataDir = options.dataDir ?? '.parley'
  const keys = createKeyring({
    secret: supabase ? supabase.jwtSecret : deriveKey(secret, 'access tokens'),
    signingKeys: options.signingKeys,
  })
  const apikey = supabase?.anonKey ?? publishableKey(secret)
  const db =
    options.db ??
    (await openDatabase({
      databaseUrl,
      listenUrl: options.databaseListenUrl,
      dataDir,
      log,
    }))
  const tokens = createTokens(keys)
  const signIn = createSignIn({ db, secret: deriveKey(secret, 'sign-in cookies'), publicUrl, log })
  const realtime = supabase
    ? undefined
    : createRealtime({ db, keys, publishableKey: apikey, log, limits: options.realtimeLimits })
  try {
    await prepareFirstStart(db, options.administrator, signIn.hashPassword)
    await realtime?.start()
  } catch (error) {
    await realtime?.close()
    await db.close()
    throw error
  }

  const draining = new AbortController()
  // each long poll hears it, and Node takes more than ten for a leak
  setMaxListeners(0, draining.signal)
  const { app, listener } = createApp({
    db,
    draining: draining.signal,
    log,
    signIn,
    tokens,
    keys,
    realtime,
    publicUrl,
    refreshKey: deriveKey(secret, 'refresh secrets'),
    badgeKey: deriveKey(secret, 'badges'),
    realtimeAddress: (ownOrigin) => ({
      url: `${(supabase?.url ?? ownOrigin).replace(/^http/, 'ws').replace(/\/$/, '')}/realtime/v1`,
      apikey,
    }),
    realtimeOrigin: supabase && new URL(supabase.url).origin,
    trustedProxies: proxyList(options.trustedProxies ?? []),
    metricsToken: options.metricsToken,
    isPrivate: options.isPrivate ?? false,
    dataDir: options.db || databaseUrl ? undefined : dataDir,
    rates: options.rates,
    version: packageVersion,
  })

  let closing: Promise<void> | undefined
  const letGo = () => {
    draining.abort()
    return (closing ??= realtime?.close() ?? Promise.resolve())
  }
  return {
    app,
    listener,
    engine: db.engine,
    attach(server) {
      server.on('upgrade', (request, socket, head) => {
        const path = request.url?.split('?')[0]
        if (realtime && path === '/realtime/v1/websocket') return realtime.upgrade(request, socket, head)
        socket.on('error', () => socket.destroy())
        socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      })
    },
    async newSignInFragment() {
      const ownerId = await findFirstOwner(db)
      return ownerId && `#link=${await signIn.newLink(ownerId)}`
    },
    letGo,
    async close() {
      await letGo()
      await db.close()
    },
  }
}
