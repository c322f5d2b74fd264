import { randomUUID } from 'node:crypto'
import { spawn, spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../../../backend/db/client.js'
import { listeningAddress, readAddress } from '../../../backend/db/pooler.js'
import { connectPostgres } from '../../../backend/db/postgres.js'
import { migrate } from '../../../migrations/migrate.js'
import { aConversation, aShop, send } from '../../contract/shop.js'
import { engines, testPostgres } from '../../support/database.js'
import { eventually } from '../../support/eventually.js'

describe('a transaction pooler', () => {
  test.each([
    ['postgres://u@db.example:5432/p', undefined, false],
    ['postgres://u:6543@db.example/p', undefined, false],
    ['postgres://u@aws-0-eu.pooler.supabase.com:6543/postgres', undefined, true],
    ['postgres://u@db.example/p?sslmode=require&pgbouncer=true', undefined, true],
    ['postgres://u@db.example/p?prepare=false', undefined, true],
    ['postgres://u@db.example/p', 'postgres://u@db.example/p', false],
    ['postgres://u@pooler.example/p', 'postgres://u@db.example/p', true],
  ])('%s, listening at %s: %s', (url, listenUrl, pooled) => {
    expect(readAddress({ url, listenUrl }).pooled).toBe(pooled)
  })

  test('is not listened to: that needs the database’s own address', () => {
    const url = 'postgres://u@pooler.example:6543/p'
    expect(() => listeningAddress({ url })).toThrow(/set DATABASE_LISTEN_URL/)
    expect(listeningAddress({ url, listenUrl: 'postgres://u@db.example/p' })).toBe('postgres://u@db.example/p')
  })
})

const hasPgbouncer = spawnSync('pgbouncer', ['--version']).status === 0

describe.runIf(hasPgbouncer && engines.includes('postgres'))('through PgBouncer, two sessions for everyone', () => {
  let database: Awaited<ReturnType<typeof testPostgres>>
  let pooler: Awaited<ReturnType<typeof startPgbouncer>>
  let db: Db
  beforeAll(async () => {
    database = await testPostgres({ empty: true })
    pooler = await startPgbouncer(database.url)
    db = connectPostgres({ url: pooler.url, listenUrl: database.url, maxConnections: 6 })
  })
  afterAll(async () => {
    await db.close()
    await pooler.stop()
    await database.drop()
  })

  test('starters at once migrate once; writers and readers share what sessions there are', async () => {
    const starters = [1, 2, 3].map(() => connectPostgres({ url: `${pooler.url}?pgbouncer=true`, maxConnections: 1 }))
    const ran = await Promise.all(starters.map((starter) => migrate(starter)))
    expect(ran.filter((files) => files.length > 0)).toHaveLength(1)
    await Promise.all(starters.map((starter) => starter.close()))

    const shop = await aShop(db)
    const conversationId = await aConversation(db, shop)
    const sent = await Promise.all(
      Array.from({ length: 30 }, () => send(db, ['contact', shop.contactId], conversationId, randomUUID())),
    )
    const seqs = sent.map(({ event }) => event.seq).sort((a, b) => a - b)
    expect(seqs).toEqual(Array.from({ length: 30 }, (_, at) => at + 3))
    const counts = await Promise.all(
      seqs.map((seq) =>
        db.transaction(async (tx) => {
          await tx.query('select set_config($1, $2, true)', ['parley.test', String(seq)])
          return tx.query(
            `select current_setting('parley.test')::int as seq, count(*) as n from events where seq <= $1`,
            [seq],
          )
        }),
      ),
    )
    expect(counts).toEqual(seqs.map((seq) => [{ seq, n: seq }]))
  })

  test('what is notified through it is heard at the database’s own address', async () => {
    const heard: string[] = []
    await db.listen('news', (payload) => heard.push(payload))
    await db.query(`select pg_notify('news', 'told')`)
    await eventually(() => expect(heard).toEqual(['told']))
  })
})

/** On a free port, before the server of this address, in transaction mode with two sessions. */
async function startPgbouncer(url: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const { hostname, port, username, password, pathname } = new URL(url)
  const folder = await mkdtemp(join(tmpdir(), 'parley-pooler-'))
  const free = createServer().listen(0, '127.0.0.1')
  await eventually(() => expect(free.listening).toBe(true))
  const at = (free.address() as AddressInfo).port
  await new Promise((resolve) => free.close(resolve))
  const login = [`user=${username || userInfo().username}`, password && `password=${decodeURIComponent(password)}`]
  const config = [
    '[databases]',
    `* = host=${hostname} port=${port || '5432'} ${login.filter(Boolean).join(' ')}`,
    '[pgbouncer]',
    ...['listen_addr = 127.0.0.1', `listen_port = ${at}`, 'unix_socket_dir =', 'auth_type = any'],
    ...['pool_mode = transaction', 'default_pool_size = 2'],
  ]
  await writeFile(join(folder, 'pgbouncer.ini'), config.join('\n'))
  await chmod(folder, 0o755)
  // it refuses to run as root
  const asNobody = userInfo().uid === 0 ? ['-u', 'nobody'] : []
  const child = spawn('pgbouncer', [...asNobody, join(folder, 'pgbouncer.ini')], { stdio: 'ignore' })
  const own = `postgres://anyone@127.0.0.1:${at}${pathname}`
  await eventually(async () => {
    const probe = connectPostgres({ url: `${own}?pgbouncer=true`, maxConnections: 1 })
    await probe.query('select 1').finally(() => probe.close())
  })
  return {
    url: own,
    async stop() {
      child.kill('SIGKILL')
      await rm(folder, { recursive: true })
    },
  }
}
