import type postgres from 'postgres'
import { isBrokenConnection } from './errors.js'

export interface RenewedPool {
  current(): postgres.Sql
  /** To be told what a query of this pool threw. */
  failed(pool: postgres.Sql, error: unknown): void
  /** Puts a new one in its place. */
  renew(): void
  end(timeoutS: number): Promise<void>
}

/**
 * A pool that makes way for a new one when a connection of it breaks. The driver (3.4.9) forgets that nothing is on its
 * way any more where a connection breaks while something is: it then writes nothing for ever, not even who it is, and
 * what waits for it waits for ever (github.com/porsager/postgres/pull/1209). What is under way on the other connections
 * has `patienceMs` to end; what waits after that fails as lost.
 */
export function renewedPool(connect: () => postgres.Sql, patienceMs: number): RenewedPool {
  let current = connect()
  let isEnding = false
  /** Until when what is under way may end. */
  const retiring = new Map<postgres.Sql, NodeJS.Timeout>()
  const end = (pool: postgres.Sql, timeout: number) => {
    clearTimeout(retiring.get(pool))
    retiring.delete(pool)
    return pool.end({ timeout })
  }
  const renew = () => {
    if (isEnding) return
    const pool = current
    current = connect()
    retiring.set(
      pool,
      setTimeout(() => void end(pool, 0), patienceMs),
    )
  }
  return {
    current: () => current,
    renew,
    failed(pool, error) {
      if (pool === current && isBrokenConnection(error)) renew()
    },
    async end(timeoutS) {
      isEnding = true
      await Promise.all([current, ...retiring.keys()].map((pool) => end(pool, timeoutS)))
    },
  }
}
