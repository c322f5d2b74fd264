import type { RequestListener } from 'node:http'
import type { BlockList } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { routePath } from 'hono/route'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import type { Logger } from 'pino'
import { paths, REQUEST_ID_HEADER } from '../sdk/protocol/index.js'
import { contactRoutes } from './contacts/routes.js'
import { conversationRoutes } from './conversations/routes.js'
import type { Db } from './db/client.js'
import { createMetrics, observe } from './health/metrics.js'
import { healthRoutes } from './health/routes.js'
import type { AppEnv, Teller } from './http/app-env.js'
import { completeHeaders } from './http/answer-headers.js'
import { callersOf, sameOrigin } from './http/caller.js'
import { directListener, type Seen } from './http/direct.js'
import { notFound, onError } from './http/errors.js'
import { Buckets, type Rates } from './http/buckets.js'
import { limitBody } from './http/limit-body.js'
import { preflight } from './http/preflight.js'
import { requestIdOf } from './http/request-id.js'
import { inboxRoutes } from './inboxes/routes.js'
import { changeRoutes } from './messages/change-routes.js'
import { postMessage } from './messages/post-message.js'
import { messageRoutes } from './messages/routes.js'
import { openApi } from './openapi.js'
import { pageRoutes } from './pages/page-routes.js'
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

/** All rooms behind one door: what every request meets, then the routes. And the same for a server of Node's, which sends pass more quickly. */
export function createApp(parts: AppParts): { app: Hono<AppEnv>; listener: RequestListener } {
  const { db, log, realtime, tokens } = parts
  const metrics = createMetrics(realtime)
  const buckets = new Buckets(parts.rates)
  const hear: AppEnv['Variables']['hear'] = (topic, listener) => realtime?.hear(topic, listener) ?? (() => {})
  const teller: Teller = realtime?.teller ?? { id: null, tell: () => {} }
  const { addressOf, originOf } = callersOf(parts)
  const seen = (one: Seen) => observe(metrics, log, one)
  // one expression for all paths; one that does not fit in, like `/:file` beside `/docs`, fails at the start
  const app = new Hono<AppEnv>({ router: new RegExpRouter() })

  // one step for what every request meets: each step is a promise and a turn of its own
  app.use(async (c, next) => {
    const startedAt = performance.now()
    const header = (name: string) => c.req.header(name)
    const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
    const requestId = requestIdOf(header(REQUEST_ID_HEADER))
    c.set('requestId', requestId)
    c.set('log', log)
    c.set('db', db)
    c.set('buckets', buckets)
    c.set('hear', hear)
    c.set('teller', teller)
    c.set('draining', parts.draining)
    c.set('verifyToken', tokens.verify)
    c.set('address', addressOf(incoming, header))
    c.set('ownOrigin', () => originOf(incoming, header, c.req.url))
    await next()
    completeHeaders(c)
    const ms = performance.now() - startedAt
    seen({ requestId, method: c.req.method, route: routePath(c), status: c.res.status, ms })
  })
  app.use('/v1/auth/*', sameOrigin)
  app.use('/v1/agent/*', sameOrigin)
  app.on('OPTIONS', '/v1/*', preflight)
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

  const send = { db, teller, buckets, verifyToken: tokens.verify }
  const listener = directListener({
    route: { method: 'POST', path: paths.messages, answer: (asked) => postMessage(send, asked) },
    maxBodyBytes: MAX_BODY_BYTES,
    addressOf,
    observe: seen,
    log,
    app: getRequestListener(app.fetch),
  })
  return { app, listener }
}
