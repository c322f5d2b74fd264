import postgres from 'postgres'
import { ChatError } from '../../sdk/protocol/errors.js'
import type { Db, Queryable } from './client.js'
import { isLostConnection, queryError } from './errors.js'
import { listeningAddress, type PostgresAddress, readAddress } from './pooler.js'
import { createPostgresListener } from './postgres-listener.js'
import { createTransactionGuard } from './transaction-guard.js'

export interface PostgresOptions extends PostgresAddress {
  maxConnections?: number
}

const MAX_CONNECTIONS = 9
const CONNECT_TIMEOUT_S = 5
const LONGEST_BACKOFF_S = 2
const CLOSE_TIMEOUT_S = 2
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
  const connect = (max: number) =>
    postgres(url, {
      types,
      max,
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
  const sql = connect(options.maxConnections ?? MAX_CONNECTIONS)
  const warm = connect(1)
  const listener = createPostgresListener(() => listeningAddress(options))

  return {
    engine: 'postgres',
    ...queryable(sql, !pooled, guard.refuseInside),
    warm: queryable(warm, !pooled, guard.refuseInside),
    async transaction(work) {
      guard.refuseInside()
      return transact(sql, !pooled, (tx) => guard.run(() => work(tx)))
    },
    listen: listener.listen,
    async close() {
      await Promise.all([...[sql, warm].map((pool) => pool.end({ timeout: CLOSE_TIMEOUT_S })), listener.close()])
    },
  }
}

/**
 * Once its connection is lost the driver writes to a socket that is gone, which ends the process; so nothing
 * more is asked then, not even a rollback, and the driver's own news of the loss ends the transaction.
 */
async function transact<T>(sql: postgres.Sql, prepare: boolean, work: (tx: Queryable) => Promise<T>): Promise<T> {
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
        const result = work(queryable(connection, prepare, refuseLost, noteLoss))
        await result.catch(() => {})
        return lost ? new Promise<never>(() => {}) : result
      })
      .catch((error: unknown) => {
        noteLoss(error)
        throw error
      })) as T
  } catch (error) {
    throw queryError(error)
  }
}

function queryable(
  sql: postgres.ISql,
  prepare: boolean,
  check: () => void,
  onFailure: (error: unknown) => void = () => {},
): Queryable {
  const failed = (error: unknown) => {
    onFailure(error)
    return queryError(error)
  }
  const ask = (text: string, params: readonly unknown[]) => {
    check()
    return params.length === 0
      ? sql.unsafe(text)
      : sql.unsafe(text, params as postgres.ParameterOrJSON<never>[], { prepare })
  }
  return {
    async query<R extends object>(text: string, params: readonly unknown[] = []) {
      try {
        return [...lastOf<R>(await ask(text, params))]
      } catch (error) {
        throw failed(error)
      }
    },
    async tuples(text, params = []) {
      try {
        return [...lastOf<unknown[]>(await ask(text, params).values())]
      } catch (error) {
        throw failed(error)
      }
    },
  }
}

/** Several statements answer with a list of results, one with its result. */
function lastOf<R>(answer: object): R[] {
  return ('command' in answer ? answer : (answer as R[][]).at(-1)) as R[]
}
