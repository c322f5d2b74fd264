import { randomUUID } from 'node:crypto'
import type { BlockList } from 'node:net'
import { Hono } from 'hono'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import type { Logger } from 'pino'
import { REQUEST_ID_HEADER } from '../sdk/protocol/index.js'
import { contactRoutes } from './contacts/routes.js'
import { conversationRoutes } from './conversations/routes.js'
import type { Db } from './db/client.js'
import { createMetrics, observed } from './health/metrics.js'
import { healthRoutes } from './health/routes.js'
import type { AppEnv, Teller } from './http/app-env.js'
import { anyOrigin } from './http/any-origin.js'
import { caller, sameOrigin } from './http/caller.js'
import { notFound, onError } from './http/errors.js'
import { Buckets, type Rates } from './http/buckets.js'
import { limitBody } from './http/limit-body.js'
import { inboxRoutes } from './inboxes/routes.js'
import { changeRoutes } from './messages/change-routes.js'
import { messageRoutes } from './messages/routes.js'
import { openApi } from './openapi.js'
import { pageRoutes } from './pages/page-routes.js'
import { plainHeaders } from './pages/security-headers.js'
import { widgetRoutes } from './pages/widget-routes.js'
import { presenceRoutes } from './presence/routes.js'
import { ratingRoutes } from './ratings/routes.js'
import type { Realtime } from './realtime/index.js'
import { agentRoutes } from './sessions/agent-routes.js'
import { jwksRoutes } from './sessions/jwks-routes.js'
import type { Keyring } from './sessions/keyring.js'
import type { SignIn } from './sessions/sign-in.js'
import { type SessionParts, visitorRoutes } from './sessions/visitor-routes.js'
import { syncRoutes } from './sync/routes.js'

const MAX_BODY_BYTES = 64 * 1024
/** What a caller may hand in to find its request again. */
const REQUEST_ID = /^[\w-]{8,64}$/

export interface AppParts extends SessionParts {
  db: Db
  log: Logger
  signIn: SignIn
  keys: Keyring
  realtime: Realtime | undefined
  /** The process is asked to stop: whoever waits is answered. */
  draining: AbortSignal
  rates?: Rates
  publicUrl?: string
  trustedProxies: BlockList
  metricsToken?: string
  isPrivate: boolean
  /** Folder of the embedded database. */
  dataDir?: string
  realtimeOrigin?: string
  version: string
}

/** All rooms behind one door: what every request meets, then the routes. */
export function createApp(parts: AppParts): Hono<AppEnv> {
  const { db, log, realtime, tokens } = parts
  const metrics = createMetrics(realtime)
  const buckets = new Buckets(parts.rates)
  const hear: AppEnv['Variables']['hear'] = (topic, listener) => realtime?.hear(topic, listener) ?? (() => {})
  const teller: Teller = realtime?.teller ?? { id: null, tell: () => {} }
  // one expression for all paths; one that does not fit in, like `/:file` beside `/docs`, fails at the start
  const app = new Hono<AppEnv>({ router: new RegExpRouter() })

  app.use(async (c, next) => {
    const asked = c.req.header(REQUEST_ID_HEADER)
    const requestId = asked && REQUEST_ID.test(asked) ? asked : randomUUID()
    c.set('requestId', requestId)
    c.set('log', log)
    c.set('db', db)
    c.set('buckets', buckets)
    c.set('hear', hear)
    c.set('teller', teller)
    c.set('draining', parts.draining)
    c.set('verifyToken', tokens.verify)
    await next()
    // not `c.header`: on an answer it makes a stream of the body, and so does touching `c.res` before there is one
    c.res.headers.set(REQUEST_ID_HEADER, requestId)
  })
  app.use(observed(metrics), plainHeaders, caller(parts))
  // what is for one person is kept by nobody on the way, unless its route says otherwise
  app.use('/v1/*', async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
  })
  app.use('/v1/auth/*', sameOrigin)
  app.use('/v1/agent/*', sameOrigin)
  app.use('/v1/*', anyOrigin)
  app.use('/v1/*', limitBody(MAX_BODY_BYTES))

  app.route('/', visitorRoutes(parts)).route('/', agentRoutes(parts)).route('/', jwksRoutes(parts.keys))
  app
    .route('/', inboxRoutes)
    .route('/', conversationRoutes)
    .route('/', messageRoutes)
    .route('/', changeRoutes)
    .route('/', ratingRoutes)
    .route('/', presenceRoutes)
    .route('/', contactRoutes)
    .route('/', syncRoutes)
  app.get('/v1/openapi.json', openApi(app, parts.version))
  app.route('/', healthRoutes({ ...parts, metrics }))
  if (realtime) app.route('/realtime/v1', realtime.routes)
  app.route('/', widgetRoutes).route('/', pageRoutes(parts))
  app.onError(onError)
  app.notFound(notFound)
  return app
}
