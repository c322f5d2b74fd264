import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.js'
import { openDatabase } from '../../../backend/db/open.js'
import { engines } from '../../support/database.js'

const log = pino({ level: 'silent' })
const serverUrl = process.env.TEST_DATABASE_URL ?? ''
let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-data-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

test('a new data folder opens migrated and keeps what was written', async () => {
  const first = await openDatabase({ dataDir, log })
  await first.query(`insert into workspaces (name) values ('Ours')`)
  await first.close()
  const second = await openDatabase({ dataDir, log })
  expect(await second.query('select name from workspaces')).toEqual([{ name: 'Ours' }])
  await second.close()
})

test('a data folder in use is refused and stays usable for its holder', async () => {
  const holder = await openDatabase({ dataDir, log })
  await expect(openDatabase({ dataDir, log })).rejects.toMatchObject({ code: 'unavailable' })
  expect(await holder.query('select 1 as one')).toEqual([{ one: 1 }])
  await holder.close()
})

test('rows of a process that was killed are there for the one that takes over', { timeout: 90_000 }, async () => {
  const program = fileURLToPath(new URL('./write-until-killed.ts', import.meta.url))
  const writer = spawn(process.execPath, ['--import', 'tsx', program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  writer.stdout.on('data', (text: Buffer) => (said += text.toString()))
  await eventually(() => expect(said.split('\n').length).toBeGreaterThan(50))
  writer.kill('SIGKILL')
  await once(writer, 'close')

  const stored = said.trimEnd().split('\n').length
  const db = await openDatabase({ dataDir, log })
  const [found] = await db.query<{ rows: number }>('select count(*) as rows from workspaces where name::int <= $1', [
    stored,
  ])
  expect(found).toEqual({ rows: stored })
  await db.close()
})

test('a database that is down is an error that says what to do, without the password', async () => {
  const databaseUrl = 'postgres://parley:hidden@127.0.0.1:1/parley'
  const failed = openDatabase({ databaseUrl, dataDir, log })
  await expect(failed).rejects.toMatchObject({ code: 'unavailable' })
  await expect(failed).rejects.toThrow(
    'unable to open database; nothing answers at 127.0.0.1:1: start Postgres there, or correct DATABASE_URL',
  )
})

test('an address that is none is refused without showing it', async () => {
  const failed = openDatabase({ databaseUrl: 'parley:hidden@localhost/parley', dataDir, log })
  await expect(failed).rejects.toThrow('DATABASE_URL is no address of a Postgres')
  await expect(failed).rejects.not.toThrow('hidden')
})

test.runIf(engines.includes('postgres'))('a database that does not exist is named', async () => {
  const databaseUrl = Object.assign(new URL(serverUrl), { pathname: '/parley_not_there' }).href
  await expect(openDatabase({ databaseUrl, dataDir, log })).rejects.toThrow('there is no parley_not_there at')
})
