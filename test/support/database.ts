import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Db } from '../../backend/db/client.js'
import { restoreFirstImage } from '../../backend/db/first-image.js'
import { startPglite } from '../../backend/db/pglite.js'
import { connectPostgres } from '../../backend/db/postgres.js'
import { migrationsHash } from '../../migrations/files.js'
import { migrate } from '../../migrations/migrate.js'

export type Engine = Db['engine']

const serverUrl = process.env.TEST_DATABASE_URL
const TEMPLATE_LOCK = 804_114
/** Templates of other migrations: several checkouts may share one server. */
const KEPT_TEMPLATES = 6

/** The embedded engine always; a real Postgres when TEST_DATABASE_URL names one. */
export const engines: Engine[] = serverUrl ? ['pglite', 'postgres'] : ['pglite']

/** A fresh, migrated database, gone when it is closed. `maxConnections` counts on Postgres only. */
export async function testDatabase(engine: Engine, options: { maxConnections?: number } = {}): Promise<Db> {
  if (engine === 'postgres') {
    const { url, drop } = await testPostgres()
    const db = connectPostgres({ url, maxConnections: options.maxConnections ?? 4 })
    return { ...db, close: () => db.close().then(drop) }
  }
  const folder = await mkdtemp(join(tmpdir(), 'parley-test-'))
  await restoreFirstImage(join(folder, 'database'))
  const db = await startPglite(join(folder, 'database'))
  return { ...db, close: () => db.close().then(() => rm(folder, { recursive: true })) }
}

/** The address of a fresh database on the test server, for several processes or pools on one; migrated unless `empty`. */
export async function testPostgres(
  options: { empty?: boolean } = {},
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `parley_test_${randomUUID().replaceAll('-', '')}`
  await onServer(async (server) => {
    if (options.empty) await server.query(`create database ${name} template template0`)
    else await copyTemplate(server, name)
  })
  return named(name)
}

/** A copy of a database of the test server that nobody is connected to, as it stands. */
export async function copyPostgres(databaseUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `parley_test_${randomUUID().replaceAll('-', '')}`
  const original = new URL(databaseUrl).pathname.slice(1)
  await onServer(async (server) => void (await server.query(`create database ${name} template ${original}`)))
  return named(name)
}

const named = (name: string) => ({
  url: urlOf(name),
  drop: () => onServer(async (server) => void (await server.query(`drop database ${name} with (force)`))),
})

/** Under the lock that those hold who remove templates. */
async function copyTemplate(server: Db, name: string): Promise<void> {
  const template = `parley_template_${migrationsHash()}`
  // another checkout may be making its template, which takes long where much else runs
  await server.query('set lock_timeout = 0')
  await server.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
  try {
    const found = await server.query<{ datname: string }>(
      `select datname from pg_database where datname like 'parley\\_template\\_%' order by oid desc`,
    )
    if (!found.some((database) => database.datname === template)) await makeTemplate(server, template)
    await server.query(`create database ${name} template ${template}`)
    const others = found.filter((database) => database.datname !== template).slice(KEPT_TEMPLATES)
    for (const { datname } of others) await server.query(`drop database if exists ${datname} with (force)`)
  } finally {
    await server.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK])
  }
}

/** Migrated once, then copied. */
async function makeTemplate(server: Db, template: string): Promise<void> {
  const half = `parley_half_${randomUUID().replaceAll('-', '')}`
  await server.query(`create database ${half} template template0`)
  try {
    const db = connectPostgres({ url: urlOf(half), maxConnections: 1 })
    await migrate(db).finally(() => db.close())
    await server.query(`alter database ${half} rename to ${template}`)
  } catch (error) {
    await server.query(`drop database if exists ${half} with (force)`)
    throw error
  }
}

async function onServer<T>(work: (server: Db) => Promise<T>): Promise<T> {
  if (!serverUrl) throw new Error('TEST_DATABASE_URL is not set')
  const server = connectPostgres({ url: serverUrl, maxConnections: 1 })
  try {
    return await work(server)
  } finally {
    await server.close()
  }
}

function urlOf(database: string): string {
  const url = new URL(serverUrl ?? '')
  url.pathname = `/${database}`
  return url.href
}
