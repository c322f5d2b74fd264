import { Hono } from 'hono'
import { ChatError } from '../../sdk/protocol/index.js'
import { bearerToken } from '../http/actor.js'
import type { AppEnv } from '../http/app-env.js'
import type { Realtime } from '../realtime/index.js'
import { checkDatabase, checkListening, checkStorage } from './checks.js'
import type { Finding } from './finding.js'
import { type Metrics, sameSecret } from './metrics.js'

const wordOf = ({ state }: Finding) => (state === 'fail' ? 'down' : 'ready')

export function healthRoutes(options: {
  metrics: Metrics
  realtime: Pick<Realtime, 'stats'> | undefined
  metricsToken?: string
  /** Whether anyone may read the metrics while there is no token. */
  isPrivate: boolean
  /** Folder in which this process keeps what it may not lose. */
  dataDir?: string
}): Hono<AppEnv> {
  const { metrics, realtime, metricsToken } = options
  return new Hono<AppEnv>()
    .get('/health/live', (c) => c.json({ status: 'live' }))
    .get('/health/ready', async (c) => {
      const [database, storage] = await Promise.all([checkDatabase(c.var.db), checkStorage(options.dataDir)])
      const parts = {
        database: wordOf(database),
        realtime: wordOf(checkListening(realtime)),
        storage: wordOf(storage),
      }
      const isReady = !Object.values(parts).includes('down')
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
