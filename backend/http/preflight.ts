import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import { REQUEST_ID_HEADER } from '../../sdk/protocol/index.js'
import { EXPOSED_HEADERS, OWN_PATHS } from './answer-headers.js'
import type { AppEnv } from './app-env.js'

const PREFLIGHT_SECONDS = 7_200

const ofAnyOrigin = cors({
  origin: '*',
  allowHeaders: ['authorization', 'content-type', REQUEST_ID_HEADER],
  exposeHeaders: EXPOSED_HEADERS,
  maxAge: PREFLIGHT_SECONDS,
})

/** Lets pages of any origin ask what is not for our own pages; the answers themselves say so in `completeHeaders`. */
export const preflight = createMiddleware<AppEnv>((c, next) =>
  OWN_PATHS.test(c.req.path) ? next() : ofAnyOrigin(c, next),
)
