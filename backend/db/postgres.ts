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
  answerMs?: typeof ANSWER_MS
}

const MAX_CONNECTIONS = 9
const CONNECT_TIMEOUT_S = 5
const LONGEST_BACKOFF_S = 2
const CLOSE_TIMEOUT_S = 2
/** What is asked on `warm` is quick. */
const PATIENCE_MS = { pool: 10_000, warm: 1_000 }
/**
 * What has no answer by then is asked of a connection whose other end went without a word, which looks alive for a
 * quarter of an hour: all are given up for new ones. What may take long runs in a transaction, which has its time.
 */
const ANSWER_MS = { pool: 30_000, warm: 10_000 }
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
  const answerMs = options.answerMs ?? ANSWER_MS
  const renewAll = () => [pool, warm, listener].forEach((each) => each.renew())
  const shared = { ...pool, waiting: givingUp(answerMs.pool, pool, renewAll) }
  const quick = { ...warm, waiting: givingUp(answerMs.warm, warm, renewAll) }

  return {
    engine: 'postgres',
    ...queryable(shared, !pooled, guard.refuseInside),
    warm: queryable(quick, !pooled, guard.refuseInside),
    async transaction(work) {
      guard.refuseInside()
      return transact(shared, !pooled, (tx) => guard.run(() => work(tx)))
    },
    listen: listener.listen,
    async close() {
      await Promise.all([pool.end(CLOSE_TIMEOUT_S), warm.end(CLOSE_TIMEOUT_S), listener.close()])
    },
  }
}

/**
 * A limit for each answer; what one connection of them does not give in time is not expected of the others, either.
 * Those that have not answered anything yet are not given up: their other end was there just now and has other trouble,
 * in which ever more connections would not help.
 */
function givingUp(afterMs: number, own: RenewedPool, renewAll: () => void) {
  const haveAnswered = new WeakSet<postgres.Sql>()
  return (asked: postgres.Sql): (() => void) => {
    const limit = setInterval(() => {
      if (asked === own.current() && haveAnswered.has(asked)) renewAll()
    }, afterMs)
    return () => {
      clearInterval(limit)
      haveAnswered.add(asked)
    }
  }
}

/** Where queries go, and who is told of those that failed. */
interface Source<S extends postgres.ISql> {
  current(): S
  failed(of: S, error: unknown): void
  /** To be told that an answer is waited for; returns what ends that. */
  waiting?(on: S): () => void
}

/**
 * Once its connection is lost the driver writes to a socket that is gone, which ends the process; so nothing
 * more is asked then, not even a rollback, and the driver's own news of the loss ends the transaction.
 */
async function transact<T>(
  source: Source<postgres.Sql>,
  prepare: boolean,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  const sql = source.current()
  const answered = source.waiting?.(sql)
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
        answered?.()
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
    source.failed(sql, error)
    throw queryError(error)
  } finally {
    answered?.()
  }
}

function queryable<S extends postgres.ISql>(source: Source<S>, prepare: boolean, check: () => void): Queryable {
  const ask = async <T>(
    text: string,
    params: readonly unknown[],
    read: (asked: postgres.PendingQuery<never>) => Promise<T>,
  ) => {
    check()
    const sql = source.current()
    const answered = source.waiting?.(sql)
    try {
      return await read(
        params.length === 0
          ? sql.unsafe(text)
          : sql.unsafe(text, params as postgres.ParameterOrJSON<never>[], { prepare }),
      )
    } catch (error) {
      source.failed(sql, error)
      throw queryError(error)
    } finally {
      answered?.()
    }
  }
  return {
    query: <R extends object>(text: string, params: readonly unknown[] = []) =>
      ask(text, params, async (asked) => [...lastOf<R>(await asked)]),
    tuples: (text, params = []) => ask(text, params, async (asked) => [...lastOf<unknown[]>(await asked.values())]),
  }
}

/** Several statements answer with a list of results, one with its result. */
function lastOf<R>(answer: object): R[] {
  return ('command' in answer ? answer : (answer as R[][]).at(-1)) as R[]
}
