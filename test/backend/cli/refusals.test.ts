import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkExportFile, writeExportFile } from '../../../backend/cli/export-file.js'
import { exportWorkspace } from '../../../backend/cli/export.js'
import { importWorkspace } from '../../../backend/cli/import.js'
import type { Db } from '../../../backend/db/client.js'
import { insertAgent, insertWorkspace } from '../../../backend/workspace/first-start.js'
import { aShop } from '../../contract/shop.js'
import { parleyChat } from '../../support/cli-process.js'
import { engines, testDatabase } from '../../support/database.js'

const how = { tell: () => {}, signal: new AbortController().signal }
let folder: string
let file: string
let source: Db
let lines: string[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-refusals-'))
  file = join(folder, 'whole.export')
  source = await testDatabase('pglite')
  const { workspaceId } = await aShop(source)
  await insertAgent(source, { workspaceId, name: 'Ada', email: 'ada@example.com', role: 'owner' })
  await exportWorkspace(source, workspaceId, how.tell, (written) =>
    writeExportFile(file, written, { ...how, force: false }),
  )
  lines = gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n')
})
afterAll(async () => {
  await source.close()
  await rm(folder, { recursive: true })
})

/** A file of these lines. */
async function fileOf(changed: string[]): Promise<string> {
  const path = join(folder, 'changed.export')
  await writeFile(path, gzipSync(changed.join('\n') + '\n'))
  return path
}
const withHeader = (change: object) => [
  JSON.stringify({ ...(JSON.parse(lines[0]!) as object), ...change }),
  ...lines.slice(1),
]

describe('a file is refused before any database is opened', () => {
  test('when it was cut off', async () => {
    const path = join(folder, 'cut.export')
    const whole = await readFile(file)
    await writeFile(path, whole.subarray(0, whole.length - 20))
    await expect(checkExportFile(path)).rejects.toThrow('damaged, it ends too early')
    await expect(checkExportFile(await fileOf(lines.slice(0, -1)))).rejects.toThrow('damaged, it ends too early')
  })

  test('when a row of it was changed, taken away or doubled', async () => {
    const place = lines.findIndex((line) => line.includes('ada@example.com'))
    const changed = lines.map((line) => line.replace('ada@example.com', 'eve@example.com'))
    for (const other of [changed, lines.toSpliced(place, 1), lines.toSpliced(place, 0, lines[place]!)])
      await expect(checkExportFile(await fileOf(other))).rejects.toThrow('rows of public.agents are not those written')
  })

  test('when a table of it is missing', async () => {
    const place = lines.findIndex((line) => line.startsWith('{"table":"public.teams"'))
    await expect(checkExportFile(await fileOf(lines.toSpliced(place, 1)))).rejects.toThrow('public.teams')
  })

  test('when it is something else, or nothing', async () => {
    await writeFile(join(folder, 'text'), 'hello')
    await expect(checkExportFile(join(folder, 'text'))).rejects.toThrow('it is no gzip')
    await expect(checkExportFile(await fileOf(['{"a":1}']))).rejects.toThrow('no export of parley-chat')
    await expect(checkExportFile(join(folder, 'none'))).rejects.toThrow('there is no such file')
  })

  test('when a later version wrote it, which is named', async () => {
    const path = await fileOf(withHeader({ format: 2, version: '7.0.0' }))
    await expect(checkExportFile(path)).rejects.toThrow('parley-chat 7.0.0 wrote it')
  })
})

describe.each(engines)('an import into %s', (engine) => {
  let db: Db
  beforeEach(async () => {
    db = await testDatabase(engine)
  })
  afterEach(() => db.close())
  const load = async (path: string) => importWorkspace(db, path, await checkExportFile(path), how)
  const people = () =>
    db.query(`select (select count(*) from workspaces) as workspaces, (select count(*) from contacts) as contacts`)

  test('of another state of the tables is refused', async () => {
    await expect(load(await fileOf(withHeader({ schema: '9999_later.sql', version: '7.0.0' })))).rejects.toThrow(
      'parley-chat 7.0.0 wrote it for a database at 9999_later.sql',
    )
  })

  test('is refused where the workspace is already', async () => {
    await load(file)
    await expect(load(file)).rejects.toThrow('its workspace is there already')
  })

  test('is refused where somebody else has the e-mail address, and leaves nothing', async () => {
    const workspaceId = await insertWorkspace(db, 'Mine')
    await insertAgent(db, { workspaceId, name: 'Ada', email: 'ada@example.com', role: 'owner' })
    await expect(load(file)).rejects.toThrow('already has an agent of the same e-mail address')
    expect(await people()).toEqual([{ workspaces: 1, contacts: 0 }])
  })

  test('whose columns are not the database’s runs none of its words', async () => {
    const evil = lines.map((line) =>
      line.startsWith('{"table":"public.teams"') ? line.replace('"name"', '"name; drop table teams"') : line,
    )
    await expect(load(await fileOf(evil))).rejects.toThrow('public.teams has other columns here')
    expect(await people()).toEqual([{ workspaces: 0, contacts: 0 }])
  })

  test('that does not read back as it was written leaves nothing', async () => {
    const whole = await checkExportFile(file)
    const sums = { ...whole.sums, 'public.messages': { rows: 1, sha256: 'another' } }
    await expect(importWorkspace(db, file, { ...whole, sums }, how)).rejects.toThrow(
      'public.messages does not read back',
    )
    expect(await people()).toEqual([{ workspaces: 0, contacts: 0 }])
  })

  test('that is stopped leaves nothing', async () => {
    await expect(
      importWorkspace(db, file, await checkExportFile(file), { ...how, signal: AbortSignal.abort() }),
    ).rejects.toThrow()
    expect(await people()).toEqual([{ workspaces: 0, contacts: 0 }])
  })
})

test('an export that fails leaves no file, whole or half', async () => {
  const empty = join(folder, 'empty')
  await mkdir(empty)
  const failing = async function* () {
    yield 'first'
    await Promise.reject(new Error('lost'))
  }
  await expect(writeExportFile(join(empty, 'x'), failing(), { ...how, force: false })).rejects.toThrow('lost')
  expect(await readdir(empty)).toEqual([])
})

test('a file that is there is written over only when asked to', async () => {
  const lines = async function* () {
    yield await Promise.resolve('{}')
  }
  const path = join(folder, 'there')
  await writeFile(path, 'precious')
  await expect(writeExportFile(path, lines(), { ...how, force: false })).rejects.toThrow('it exists already')
  expect(await readFile(path, 'utf8')).toBe('precious')
  await writeExportFile(path, lines(), { ...how, force: true })
  expect(gunzipSync(await readFile(path)).toString()).toBe('{}\n')
})

test('an export of a database that lacks a change of tables is refused', async () => {
  const db = await testDatabase('pglite')
  await db.query(`delete from parley.migrations where name = '0005_presence.sql'`)
  const exported = exportWorkspace(db, undefined, how.tell, () => Promise.resolve())
  await expect(exported).rejects.toThrow('the database lacks 0005_presence.sql')
  await db.close()
})

describe('the command line', () => {
  test.each([
    [['nonsense'], `Unknown command 'nonsense'`],
    [['export'], 'Missing option --out FILE'],
    [['export', '--outt', 'x'], `Unknown option '--outt'`],
    [['import'], 'Missing FILE'],
    [['doctor', 'me'], `Unexpected argument 'me'`],
  ])('%j is told in one line, and ends with 2', async (args, said) => {
    const answer = await parleyChat(args)
    expect(answer.err).toBe(`${said}; parley-chat --help lists what there is\n`)
    expect(answer.code).toBe(2)
  })

  test('an import needs a place that is named', async () => {
    const answer = await parleyChat(['import', file])
    expect(answer).toMatchObject({ code: 1 })
    expect(answer.err).toContain('set DATABASE_URL to a Postgres, or name a folder by --data-dir')
  })

  test('a folder without a database is not made into one', async () => {
    const answer = await parleyChat(['export', '--out', '-', '--data-dir', folder])
    expect(answer).toMatchObject({ code: 1, out: '' })
    expect(await readdir(folder)).not.toContain('database')
  })

  test.each(['doctor', 'export', 'import', 'renew-epochs'])('%s tells what it does', async (command) => {
    const answer = await parleyChat([command, '--help'])
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(answer.out).toMatch(new RegExp(`^parley-chat ${command}`))
  })
})
