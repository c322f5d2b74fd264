import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { migrate } from '../../migrations/migrate.js'
import { ChatError } from '../../sdk/protocol/errors.js'
import type { Db } from './client.js'
import { openEmbedded } from './embedded.js'
import { readAddress } from './pooler.js'
import { connectPostgres } from './postgres.js'

export interface DatabasePlace {
  /** Absent: the embedded database of `dataDir`. */
  databaseUrl?: string
  /** A direct address for listening where `databaseUrl` is a pooler. */
  listenUrl?: string
  dataDir: string
}
export interface DatabaseOptions extends DatabasePlace {
  log: Logger
}

/**
 * Opens and migrates the database.
 * @throws {ChatError} `unavailable` with what to do, when it does not answer or another process has the folder
 */
export async function openDatabase({ databaseUrl, listenUrl, dataDir, log }: DatabaseOptions): Promise<Db> {
  const db = databaseUrl ? connect(databaseUrl, listenUrl) : await openEmbedded(dataDir)
  if (databaseUrl && readAddress({ url: databaseUrl, listenUrl }).pooled)
    log.info('database behind a transaction pooler: nothing is prepared, and locks wait as long as the server says')
  try {
    const files = await migrate(db)
    if (files.length > 0) log.info({ files }, 'database migrated')
    return db
  } catch (error) {
    await db.close()
    throw databaseUrl ? notReachable(databaseUrl, error) : error
  }
}

/**
 * Opens the database as it is: nothing is migrated, and an embedded one that is not there is not made.
 * @throws {ChatError} `unavailable` with what to do
 */
export async function openAsItIs({ databaseUrl, listenUrl, dataDir }: DatabasePlace): Promise<Db> {
  if (!databaseUrl && !existsSync(join(dataDir, 'database')))
    throw unopened(`there is none in ${dataDir}: name the folder of the server, or set DATABASE_URL`)
  const db = databaseUrl ? connect(databaseUrl, listenUrl) : await openEmbedded(dataDir)
  try {
    await db.query('select 1')
    return db
  } catch (error) {
    await db.close()
    throw databaseUrl ? notReachable(databaseUrl, error) : error
  }
}

const SQLSTATE_NO_DATABASE = '3D000'
const SQLSTATE_NOT_LET_IN = ['28000', '28P01']

function connect(url: string, listenUrl: string | undefined): Db {
  try {
    if (!/^postgres(ql)?:\/\//.test(url)) throw new TypeError('another protocol')
    return connectPostgres({ url, listenUrl })
  } catch {
    // no cause: the parser's error shows the address, password and all
    throw unopened('DATABASE_URL is no address of a Postgres: write postgres://user:password@host:5432/database')
  }
}

/** Says where the database was looked for, without the password. */
function notReachable(databaseUrl: string, error: unknown): unknown {
  const { code } = error as { code?: string }
  const [, user, host, database] = /^\w+:\/\/(?:([^:@/]*)[^@/]*@)?([^/?]*)\/?([^?]*)/.exec(databaseUrl) ?? []

  if (code === 'unavailable')
    return unopened(`nothing answers at ${host}: start Postgres there, or correct DATABASE_URL`, error)
  if (code === SQLSTATE_NO_DATABASE)
    return unopened(`there is no ${database} at ${host}: create it, or correct DATABASE_URL`, error)
  if (SQLSTATE_NOT_LET_IN.includes(code ?? ''))
    return unopened(`${host} does not let ${user} in: correct DATABASE_URL`, error)
  return error
}

const unopened = (reason: string, cause?: unknown) =>
  new ChatError('unavailable', `unable to open database; ${reason}`, { cause })
