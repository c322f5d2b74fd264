import postgres from 'postgres'
import { ChatError } from '../../sdk/protocol/errors.js'
import type { Db, Queryable } from './client.js'
import { isLostConnection, queryError } from './errors.js'
import { listeningAddress, type PostgresAddress, readAddress } from './pooler.js'
import { createPostgresListener } from './postgres-listener.js'
import { type RenewedPool, renewedPool } from './renewed-pool.js'
import { createTransactionGuard } from './transaction-guard.js'

export interface PostgresOptions extends PostgresAddress {
  maxConnections?: number
}

const MAX_CONNECTIONS = 9
const CONNECT_TIMEOUT_S = 5
const LONGEST_BACKOFF_S = 2
const CLOSE_TIMEOUT_S = 2
/** What is asked on `warm` is quick. */
const PATIENCE_MS = { pool: 10_000, warm: 1_000 }
const asItStands = (value: unknown) => value
/** Text as Postgres prints it: a Date would lose the microseconds that keyset cursors need. */
const asText = { serialize: asItStands, parse: asItStands }

const types = {
  int8: { to: 20, from: [20], serialize: String, parse: Number },
  json: {
    to: 114,
    from: [114, 3802],
    serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
    parse: (text: string): unknown => JSON.parse(text),
  },
  date: { to: 1184, from: [1082, 1114, 1184], ...asText },
  bytea: {
    to: 17,
    from: [17],
    serialize: (bytes: Uint8Array) => '\\x' + Buffer.from(bytes).toString('hex'),
    parse: (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
  },
}

/** A pool of connections; connects when first asked. */
export function connectPostgres(options: PostgresOptions): Db {
  const { url, pooled } = readAddress(options)
  const guard = createTransactionGuard()
  const connect = (max: number, hasArrays = true) =>
    postgres(url, {
      types,
      max,
      // asked on each new connection, and nobody hears when that fails
      fetch_types: hasArrays,
      prepare: !pooled,
      connect_timeout: CONNECT_TIMEOUT_S,
      keep_alive: 30,
      backoff: (retries: number) => (0.5 + Math.random() / 2) * Math.min(2 ** retries / 20, LONGEST_BACKOFF_S),
      // a pooler takes few settings; the limits keep a stuck writer from holding a conversation for ever
      connection: {
        application_name: 'parley',
        TimeZone: 'UTC',
        ...(pooled ? {} : { lock_timeout: 2_000, idle_in_transaction_session_timeout: 5_000 }),
      },
      onnotice: () => {},
    })
  const pool = renewedPool(() => connect(options.maxConnections ?? MAX_CONNECTIONS), PATIENCE_MS.pool)
  const warm = renewedPool(() => connect(1, false), PATIENCE_MS.warm)
  const listener = createPostgresListener(() => listeningAddress(options))

  return {
    engine: 'postgres',
    ...queryable(pool, !pooled, guard.refuseInside),
    warm: queryable(warm, !pooled, guard.refuseInside),
    async transaction(work) {
      guard.refuseInside()
      return transact(pool, !pooled, (tx) => guard.run(() => work(tx)))
    },
    listen: listener.listen,
    async close() {
      await Promise.all([pool.end(CLOSE_TIMEOUT_S), warm.end(CLOSE_TIMEOUT_S), listener.close()])
    },
  }
}

/**
 * Once its connection is lost the driver writes to a socket that is gone, which ends the process; so nothing
 * more is asked then, not even a rollback, and the driver's own news of the loss ends the transaction.
 */
async function transact<T>(pool: RenewedPool, prepare: boolean, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const sql = pool.current()
  let lost = false
  const noteLoss = (error: unknown) => {
    lost ||= isLostConnection(error)
  }
  const refuseLost = () => {
    if (lost) throw new ChatError('unavailable', 'unable to reach the database; the connection was lost')
  }
  try {
    return (await sql
      .begin(async (connection) => {
        const result = work(
          queryable({ current: () => connection, failed: (_, error) => noteLoss(error) }, prepare, refuseLost),
        )
        await result.catch(() => {})
        return lost ? new Promise<never>(() => {}) : result
      })
      .catch((error: unknown) => {
        noteLoss(error)
        throw error
      })) as T
  } catch (error) {
    pool.failed(sql, error)
    throw queryError(error)
  }
}

/** Where queries go, and who is told of those that failed. */
interface Source<S extends postgres.ISql> {
  current(): S
  failed(of: S, error: unknown): void
}

function queryable<S extends postgres.ISql>(source: Source<S>, prepare: boolean, check: () => void): Queryable {
  const ask = (sql: S, text: string, params: readonly unknown[]) => {
    check()
    return params.length === 0
      ? sql.unsafe(text)
      : sql.unsafe(text, params as postgres.ParameterOrJSON<never>[], { prepare })
  }
  const failed = (sql: S, error: unknown) => {
    source.failed(sql, error)
    return queryError(error)
  }
  return {
    async query<R extends object>(text: string, params: readonly unknown[] = []) {
      const sql = source.current()
      try {
        return [...lastOf<R>(await ask(sql, text, params))]
      } catch (error) {
        throw failed(sql, error)
      }
    },
    async tuples(text, params = []) {
      const sql = source.current()
      try {
        return [...lastOf<unknown[]>(await ask(sql, text, params).values())]
      } catch (error) {
        throw failed(sql, error)
      }
    },
  }
}

/** Several statements answer with a list of results, one with its result. */
function lastOf<R>(answer: object): R[] {
  return ('command' in answer ? answer : (answer as R[][]).at(-1)) as R[]
}
