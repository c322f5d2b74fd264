import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SyncAnswer } from '../../../sdk/protocol/index.js'
import { send, sync } from '../../support/builders.js'
import { type CliAnswer, parleyChat } from '../../support/cli-process.js'
import { type Engine, engines, testPostgres } from '../../support/database.js'
import type { World } from '../../support/world.js'
import { again, embeddedWorld, seed, type Seeded, seenBy, worldOn } from './moved-world.js'

/** An embedded database moves to a Postgres where there is one, else to another folder. */
const target: Engine = engines.at(-1)!
let folder: string
let file: string
let seeded: Seeded
let before: unknown
let exported: CliAnswer
let imported: CliAnswer
let moved: World
let drop = () => Promise.resolve()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-move-'))
  file = join(folder, 'workspace.export')
  const from = await embeddedWorld(join(folder, 'old'))
  seeded = await seed(from)
  before = await seenBy(from, seeded)
  await from.close()

  const of = ['--workspace', seeded.inbox.workspaceId]
  exported = await parleyChat(['export', '--out', file, ...of], { DATA_DIR: join(folder, 'old') })
  if (target === 'postgres') {
    const postgres = await testPostgres({ empty: true })
    drop = postgres.drop
    imported = await parleyChat(['import', file], { DATABASE_URL: postgres.url })
    moved = await worldOn(postgres.url)
  } else {
    imported = await parleyChat(['import', file, '--data-dir', join(folder, 'new')])
    moved = await embeddedWorld(join(folder, 'new'))
  }
}, 400_000)
afterAll(async () => {
  await moved?.close()
  await drop()
  await rm(folder, { recursive: true })
})

describe(`a workspace moved from the embedded database to ${target}`, () => {
  test('both commands say what they moved, and the counts are the same', () => {
    expect([exported.code, imported.code], exported.err + imported.err).toEqual([0, 0])
    const countsOf = ({ err }: CliAnswer) => err.split('\n').filter((line) => /: \d+$/.test(line))
    expect(countsOf(exported)).toContain('public.conversations: 3')
    expect(countsOf(imported)).toEqual(countsOf(exported))
  })

  test('agent and visitor find lists, threads, marks and logs as they were, with the tokens they had', async () => {
    expect(await seenBy(moved, seeded)).toEqual(before)
  })

  test('what only agents see is there', async () => {
    const open = [{ conversationId: seeded.conversationIds[0]!, epoch: '', seq: 0 }]
    const { events } = (await sync(again(moved, seeded.agent), { open })).open[0]!
    expect(events.filter((event) => event.log === 'internal').map((event) => event.seq)).toEqual([1, 2, 3])
  })

  test('a draft that was sent before is known, and the next message takes the next seq', async () => {
    const { conversationId, draft, event } = seeded.lastDraft
    const visitor = again(moved, seeded.visitor)
    const repeated = await send(visitor, conversationId, draft)
    expect(repeated).toMatchObject({ status: 200, body: { seq: event.seq, messageId: event.messageId } })
    const next = await send(visitor, conversationId)
    expect(next).toMatchObject({ status: 201, body: { seq: event.seq + 1 } })
  })

  test('whoever comes with the cursors of before is told to begin anew, once', async () => {
    for (const side of ['agent', 'visitor'] as const) {
      const who = again(moved, seeded[side])
      const { conversationId, event } = seeded.lastDraft
      const open = [{ conversationId, epoch: event.epoch, seq: event.seq }]
      const answer: SyncAnswer = await sync(who, { cursor: seeded.cursors[side], open })
      expect(answer.reset).toBe(true)
      expect(answer.open[0]!.epoch).not.toBe(event.epoch)
      expect(answer.open[0]!.events[0]!.seq).toBe(1)
      expect((await sync(who, { cursor: answer.cursor })).reset).toBe(false)
    }
  })

  test('the visitor’s session is renewed as before', async () => {
    const { refreshSecret } = seeded.visitor.session
    const renewed = await moved.caller().post('/v1/visitor/sessions/refresh', { refreshSecret })
    expect(renewed).toMatchObject({ status: 200, body: { contact: { id: seeded.visitor.id } } })
  })

  test('nothing of other workspaces came along', async () => {
    const found = await moved.db.query('select id from workspaces where name <> $1', ['Somebody else'])
    expect(found).toEqual([{ id: seeded.inbox.workspaceId }])
  })

  test('the file is its owner’s alone', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('a folder in use by a server is not read', async () => {
    const holder = await embeddedWorld(join(folder, 'held'))
    const refused = await parleyChat(['export', '--out', '-', '--data-dir', join(folder, 'held')])
    await holder.close()
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toMatch(/process \d+ .* has used it since .*: stop it/)
  })
})
