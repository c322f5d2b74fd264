import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { judgeClock } from '../../../backend/cli/check-clocks.js'
import { checkOpenDatabase } from '../../../backend/cli/check-database.js'
import { checkRealtime, realtimeAccess, sayOverHttp } from '../../../backend/cli/check-realtime.js'
import { checkNode, checkPooler, checkSecret } from '../../../backend/cli/check-settings.js'
import { examine } from '../../../backend/cli/doctor.js'
import { openDatabase } from '../../../backend/db/open.js'
import { type Settings, readSettings } from '../../../backend/env.js'
import type { Finding } from '../../../backend/health/finding.js'
import { parleyChat } from '../../support/cli-process.js'
import { engines, testDatabase, testPostgres } from '../../support/database.js'
import { loopbackSite } from '../../support/loopback-site.js'
import { freePort } from '../../support/server-process.js'
import { makeWorld, SECRET } from '../../support/world.js'
import { log } from './moved-world.js'

let folder: string
const cleanups: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-doctor-'))
  cleanups.push(() => rm(folder, { recursive: true }))
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})
const settings = (source: Record<string, string>): Settings => readSettings({ DATA_DIR: folder, ...source })
const of = (findings: Finding[], check: string) => findings.filter((finding) => finding.check === check)
const failures = (findings: Finding[]) => findings.filter(({ state }) => state !== 'ok')
/** A server on the embedded database of `folder`. */
async function aServer(options: Parameters<typeof makeWorld>[1] = {}) {
  const world = await makeWorld('pglite', { db: await openDatabase({ dataDir: folder, log }), ...options })
  cleanups.push(() => world.close())
  return world
}

describe('a running server', () => {
  test('on an embedded database is checked through itself, broadcast and all, and all is well', async () => {
    const world = await aServer()
    const findings = await examine({ DATA_DIR: folder, PUBLIC_URL: world.url, PARLEY_SECRET: SECRET })
    expect(failures(findings)).toEqual([])
    expect(of(findings, 'database')[0]!.found).toContain('a running server has')
    expect(of(findings, 'realtime')).toMatchObject([
      { found: expect.stringContaining('over HTTP came back') as string },
    ])
    expect(of(findings, 'origin')[0]!.found).toContain(world.url)
    expect(of(findings, 'clock')).toHaveLength(1)
  })

  test('whose secret is another one is told so, and what to do', async () => {
    const world = await aServer()
    const other = 'quite another secret of 32 characters'
    const findings = await examine({ DATA_DIR: folder, PUBLIC_URL: world.url, PARLEY_SECRET: other })
    expect(of(findings, 'realtime')).toMatchObject([
      { state: 'fail', cure: expect.stringContaining('PARLEY_SECRET') as string },
    ])
    expect(JSON.stringify(findings)).not.toContain(other)
  })

  test('that knows itself by another name is told so', async () => {
    const world = await aServer({ publicUrl: 'https://chat.example.com' })
    const findings = await examine({ DATA_DIR: folder, PUBLIC_URL: world.url, PARLEY_SECRET: SECRET })
    expect(of(findings, 'origin')).toMatchObject([{ state: 'fail' }])
  })

  test.runIf(engines.includes('postgres'))(
    'on Postgres has its broadcasts tried by HTTP and by the database',
    async () => {
      const { url, drop } = await testPostgres()
      cleanups.push(drop)
      const world = await aServer({ db: await openDatabase({ databaseUrl: url, dataDir: folder, log }) })
      const env = { DATA_DIR: folder, DATABASE_URL: url, PUBLIC_URL: world.url, PARLEY_SECRET: SECRET }
      const findings = await examine(env)
      expect(failures(findings)).toEqual([])
      expect(of(findings, 'realtime').map(({ found }) => found.replace(/ in \d+ ms/, ''))).toEqual([
        'a broadcast over HTTP came back',
        'a broadcast by the database came back',
      ])
      expect(await world.db.query(`select 1 from realtime.messages`)).toEqual([])
      expect(await world.db.query(`select 1 from workspaces where name = 'doctor'`)).toEqual([])
    },
  )
})

test('an address that is no server of ours is not taken for one', async () => {
  const other = await loopbackSite((_, response) => response.end('hello'))
  cleanups.push(other.close)
  const findings = await examine({ DATA_DIR: folder, PUBLIC_URL: other.origin })
  expect(of(findings, 'public url')).toMatchObject([
    { state: 'fail', found: expect.stringContaining('no server of ours') as string },
  ])
  expect(of(findings, 'realtime')).toEqual([])
})

describe.each(engines)('a database of %s', (engine) => {
  const given = async () => {
    const db = await testDatabase(engine)
    cleanups.push(() => db.close())
    return { db, check: () => checkOpenDatabase(db, { onSupabase: false }) }
  }

  test('that is as a start leaves it has nothing to say', async () => {
    const { check } = await given()
    expect(failures(await check())).toEqual([])
  })

  test('is told what a careless hand changed', async () => {
    const { db, check } = await given()
    await db.query(`
      alter table contacts disable row level security;
      grant execute on function sync_log(text, uuid, jsonb, int) to anon;
      drop policy parley_reads on realtime.messages`)
    const found = failures(await check()).map(({ state, found }) => `${state} ${found}`)
    expect(found).toEqual([
      expect.stringMatching(/^fail strangers may call sync_log/),
      expect.stringMatching(/^fail realtime.messages has no policy parley_reads/),
      expect.stringMatching(/^fail is off on contacts/),
    ])
  })

  test('is not judged by functions of somebody else in it', async () => {
    const { db, check } = await given()
    await db.query(`create function their_own() returns int language sql as 'select 1';
      grant execute on function their_own() to anon`)
    expect(failures(await check())).toEqual([])
  })

  test('and doing what is said mends it', async () => {
    const { db, check } = await given()
    await db.query('alter table contacts disable row level security')
    const [{ cure }] = failures(await check()) as [Finding & { cure: string }]
    await db.query(cure.split(', and ')[0]!)
    const { migrate } = await import('../../../migrations/migrate.js')
    await migrate(db)
    expect(failures(await check())).toEqual([])
  })

  test('of an older version is said to be brought up to date by a start, of a newer one not', async () => {
    const { db, check } = await given()
    await db.query(`delete from parley.migrations where name = 'functions/sync.sql'`)
    expect(of(await check(), 'migrations')).toMatchObject([
      { state: 'warn', cure: expect.stringContaining('start') as string },
    ])
    await db.query(`insert into parley.migrations (name, hash) values ('9999_later.sql', 'x')`)
    expect(of(await check(), 'migrations')).toMatchObject([
      { state: 'fail', found: expect.stringContaining('9999_later') as string },
    ])
  })

  test('in which nothing can be written fails', async () => {
    const { db, check } = await given()
    await db.query('alter table workspaces add constraint none_more check (false) not valid')
    expect(of(await check(), 'writing')).toMatchObject([{ state: 'fail' }])
  })
})

describe('no secret is shown', () => {
  test('of an address that nobody answers at', async () => {
    const findings = await examine({
      DATA_DIR: folder,
      DATABASE_URL: `postgres://me:hunter2hunter2@127.0.0.1:${await freePort()}/parley`,
      PARLEY_SECRET: SECRET,
    })
    expect(of(findings, 'database')).toMatchObject([{ state: 'fail' }])
    expect(JSON.stringify(findings)).not.toMatch(/hunter2|long enough/)
  })

  test('nor of a wrong variable', async () => {
    const findings = await examine({ DATA_DIR: folder, PARLEY_SECRET: 'hunter2' })
    expect(of(findings, 'environment')).toMatchObject([{ state: 'fail' }])
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })
})

describe('what is set', () => {
  test.each([
    ['postgres://me@host:5432/db', {}, 'ok'],
    ['postgres://me@pooler:6543/db', {}, 'fail'],
    ['postgres://me@host/db?pgbouncer=true', {}, 'fail'],
    ['postgres://me@pooler:6543/db', { DATABASE_LISTEN_URL: 'postgres://me@host:5432/db' }, 'ok'],
  ])('%s with %j is %s as an address to listen by', (DATABASE_URL, more, state) => {
    expect(checkPooler(settings({ DATABASE_URL, ...more }))).toMatchObject([{ state }])
  })

  test('a pooler needs no listening where Supabase carries the events', () => {
    const supabase = {
      SUPABASE_URL: 'https://ref.supabase.co',
      SUPABASE_ANON_KEY: 'sb_publishable_1',
      SUPABASE_SERVICE_ROLE_KEY: 'service',
      SUPABASE_JWT_SECRET: randomUUID(),
    }
    const DATABASE_URL = 'postgres://me@pooler:6543/db'
    expect(checkPooler(settings({ DATABASE_URL, ...supabase }))).toMatchObject([{ state: 'ok' }])
  })

  test('a secret that may be guessed fails, one per process warns, and fails where there are several', () => {
    const DATABASE_URL = 'postgres://me@host/db'
    expect(checkSecret(settings({ PARLEY_SECRET: 'ab'.repeat(20) })).state).toBe('fail')
    expect(checkSecret(settings({ DATABASE_URL, PARLEY_SECRET: SECRET }), 3).state).toBe('ok')
    expect(checkSecret(settings({ DATABASE_URL }), 1).state).toBe('warn')
    expect(checkSecret(settings({ DATABASE_URL }), 2).state).toBe('fail')
  })

  test('a secret of its own that others can read is said', async () => {
    await writeFile(join(folder, 'secret'), SECRET)
    await chmod(join(folder, 'secret'), 0o644)
    expect(checkSecret(settings({}))).toMatchObject({ state: 'warn', cure: `chmod 600 ${join(folder, 'secret')}` })
    await chmod(join(folder, 'secret'), 0o600)
    expect(checkSecret(settings({})).state).toBe('ok')
  })

  test.each([
    ['20.18.9', 'fail'],
    ['20.19.0', 'ok'],
    ['24.0.0', 'ok'],
  ])('Node %s: %s', (version, state) => {
    expect(checkNode(version).state).toBe(state)
  })

  test.each([
    [400, 600, 'ok'],
    [-1_900, 500, 'warn'],
    [5_400, 500, 'warn'],
    [-6_000, 500, 'fail'],
  ])('a clock ahead by %d ms, measured to %d, is %s', (ahead, unsure, state) => {
    expect(judgeClock('the other', ahead, unsure).state).toBe(state)
  })
})

test('Supabase’s realtime is asked with the project’s service key', async () => {
  const access = await realtimeAccess(
    settings({
      DATABASE_URL: 'postgres://me@host/db',
      SUPABASE_URL: 'https://ref.supabase.co/',
      SUPABASE_ANON_KEY: 'sb_publishable_1',
      SUPABASE_SERVICE_ROLE_KEY: 'service',
      SUPABASE_JWT_SECRET: randomUUID(),
    }),
    SECRET,
  )
  expect(access).toEqual({ url: 'https://ref.supabase.co/realtime/v1', serviceKey: 'service' })
})

test('an address where nothing speaks realtime fails with what to do', async () => {
  const findings = await checkRealtime(
    { url: `http://127.0.0.1:${await freePort()}/realtime/v1`, serviceKey: 'x' },
    undefined,
  )
  expect(findings).toMatchObject([{ state: 'fail', cure: expect.stringContaining('WebSocket') as string }])
})

test('the command prints a line each, or JSON, and ends with 1 when something fails', async () => {
  const fine = await parleyChat(['doctor'], { DATA_DIR: folder, PORT: String(await freePort()) })
  expect(fine.code).toBe(0)
  expect(fine.out).toMatch(/^ok +node .*\n/)
  const broken = await parleyChat(['doctor', '--json'], { DATA_DIR: folder, PORT: 'eighty' })
  expect(broken.code).toBe(1)
  expect(JSON.parse(broken.out)).toContainEqual(expect.objectContaining({ check: 'environment', state: 'fail' }))
})

test.each([
  ['sb_secret_one', undefined],
  ['a.legacy.key', 'Bearer a.legacy.key'],
])(
  'the key %s goes over HTTP as apikey, and as a token (%s) only where it is one',
  async (serviceKey, authorization) => {
    const seen: unknown[] = []
    const gateway = await loopbackSite((request, response) => {
      seen.push([request.headers['apikey'], request.headers.authorization])
      response.writeHead(202).end()
    })
    cleanups.push(gateway.close)
    await sayOverHttp({ url: `${gateway.origin}/realtime/v1`, serviceKey }, 'doctor:one')
    expect(seen).toEqual([[serviceKey, authorization]])
  },
)
