import { timingSafeEqual } from 'node:crypto'
import type { Logger } from 'pino'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Seen } from '../http/direct.js'
import type { Realtime } from '../realtime/index.js'

export interface Metrics {
  registry: Registry
  /** Counts and times one answer. */
  observe(method: string, route: string, status: number, ms: number): void
}

export function createMetrics(realtime: Pick<Realtime, 'stats'> | undefined): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'parley_http_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 5, 30],
    registers,
  })
  if (realtime) {
    new Gauge({
      name: 'parley_realtime_sockets',
      help: 'Open realtime sockets',
      registers,
      collect() {
        this.set(realtime.stats().sockets)
      },
    })
    new Gauge({
      name: 'parley_realtime_channels',
      help: 'Joined realtime channels',
      registers,
      collect() {
        this.set(realtime.stats().channels)
      },
    })
  }
  return {
    registry,
    observe: (method, route, status, ms) => requests.observe({ method, route, status: String(status) }, ms / 1000),
  }
}

export function sameSecret(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * One measurement for each answer, and a line: at `info` of what was refused or failed, else at `debug`, since lines about
 * each request hide the others and took a twelfth of a busy process. It names the route's pattern, never the address, which
 * may hold what is private.
 */
export function observe(metrics: Metrics, log: Logger, seen: Seen): void {
  const { method, route, status } = seen
  const ms = Math.round(seen.ms * 10) / 10
  metrics.observe(method, route, status, ms)
  log[status < 400 ? 'debug' : 'info']({ ...seen, ms }, 'answered')
}
