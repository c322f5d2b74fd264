import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import { REQUEST_ID_HEADER } from '../../sdk/protocol/index.js'
import type { AppEnv } from './app-env.js'

const PREFLIGHT_SECONDS = 7_200
const EXPOSED_HEADERS = [REQUEST_ID_HEADER, 'retry-after', 'idempotent-replayed']
/** What a cookie may open is for our own pages. */
const OWN_PATHS = /^\/v1\/(auth|agent)\//

const preflight = cors({
  origin: '*',
  allowHeaders: ['authorization', 'content-type', REQUEST_ID_HEADER],
  exposeHeaders: EXPOSED_HEADERS,
  maxAge: PREFLIGHT_SECONDS,
})

/** Lets pages of any origin call. Hono's own touches each answer before there is one, which makes a stream of its body. */
export const anyOrigin = createMiddleware<AppEnv>(async (c, next) => {
  if (OWN_PATHS.test(c.req.path)) return next()
  if (c.req.method === 'OPTIONS') return preflight(c, next)
  await next()
  c.res.headers.set('access-control-allow-origin', '*')
  c.res.headers.set('access-control-expose-headers', EXPOSED_HEADERS.join(','))
})
