import { Hono } from 'hono'
import { ChatError } from '../../sdk/protocol/index.js'
import { bearerToken } from '../http/actor.js'
import type { AppEnv } from '../http/app-env.js'
import type { Realtime } from '../realtime/index.js'
import { type Metrics, sameSecret } from './metrics.js'

const DATABASE_PATIENCE_MS = 2_000

async function answersInTime(answer: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), DATABASE_PATIENCE_MS)))
  try {
    return await Promise.race([answer.then(() => true), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

export function healthRoutes(options: {
  metrics: Metrics
  realtime: Pick<Realtime, 'stats'> | undefined
  metricsToken?: string
  /** Whether anyone may read the metrics while there is no token. */
  isPrivate: boolean
}): Hono<AppEnv> {
  const { metrics, realtime, metricsToken } = options
  return new Hono<AppEnv>()
    .get('/health/live', (c) => c.json({ status: 'live' }))
    .get('/health/ready', async (c) => {
      const database = await answersInTime(c.var.db.query('select 1'))
      const listening = realtime?.stats().listening ?? true
      const isReady = database && listening
      const parts = { database: database ? 'ready' : 'down', realtime: listening ? 'ready' : 'down' }
      return c.json({ status: isReady ? 'ready' : 'down', ...parts }, isReady ? 200 : 503, {
        'cache-control': 'no-store',
      })
    })
    .get('/metrics', async (c) => {
      if (!metricsToken && !options.isPrivate) return c.notFound()
      if (metricsToken && !sameSecret(bearerToken(c.req.header('authorization')), metricsToken))
        throw new ChatError('token_invalid', 'unable to show the metrics; the token is not METRICS_TOKEN')
      return c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType })
    })
}
