import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem, SyncAnswer } from '../../../sdk/protocol/index.js'
import { aConversation, aDesk, conversationPath, type Desk, send, settledCursor, sync } from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { makeWorld, type World } from '../../support/world.js'

describe.each(engines)('sync on %s', (engine) => {
  let world: World
  let desk: Desk
  beforeAll(async () => {
    world = await makeWorld(engine)
    desk = await aDesk(world)
  })
  afterAll(() => world.close())

  const idsOf = ({ heads }: SyncAnswer) => heads.map((head) => head.conversationId)
  const seqsOf = ({ open }: SyncAnswer) => open[0]!.events.map((event) => event.seq)

  test('without a cursor the answer replaces the list, and says when to come again', async () => {
    const { agent, visitor } = await aDesk(world)
    const conversationId = await aConversation(visitor)
    const before = Date.now()
    const answer = await sync(agent)
    expect(answer).toMatchObject({ reset: true, syncAfterMs: 45_000, reconnectWindowMs: 30_000, open: [] })
    expect(idsOf(answer)).toEqual([conversationId])
    expect(Date.parse(answer.serverTime)).toBeGreaterThanOrEqual(before)
  })

  test('with a cursor it tells what changed and nothing else', async () => {
    const { agent, visitor } = await aDesk(world)
    const changed = await aConversation(visitor)
    await aConversation(visitor)
    const cursor = await settledCursor(agent)
    await send(visitor, changed)
    const answer = await sync(agent, { cursor })
    expect([answer.reset, idsOf(answer)]).toEqual([false, [changed]])
  })

  test('a conversation that was resolved is told to the list that loses it', async () => {
    const { agent, visitor } = await aDesk(world)
    const conversationId = await aConversation(visitor)
    const cursor = await settledCursor(agent)
    await agent.post(conversationPath(conversationId, '/resolve'))
    expect((await sync(agent, { cursor })).heads).toMatchObject([{ conversationId, status: 'resolved' }])
  })

  test('own marks moved elsewhere are told, marks of others are not in the list', async () => {
    const { agent, visitor } = await aDesk(world)
    const conversationId = await aConversation(visitor)
    const [ofAgent, ofVisitor] = [await settledCursor(agent), await settledCursor(visitor)]
    await agent.put(conversationPath(conversationId, '/receipt'), { deliveredSeq: 2, readSeq: 2 })
    const told = await sync(agent, { cursor: ofAgent })
    expect(told.receipts).toMatchObject([{ actor: { id: agent.id }, readSeq: 2, readMessageNo: 1 }])
    expect(idsOf(await sync(visitor, { cursor: ofVisitor }))).toEqual([])
  })

  test.each(['made up', '', "'; drop table events", `${randomUUID()}.1.9999999999`, `${randomUUID()}.x.y`])(
    'a cursor we did not make (%s) is answered with a reset',
    async (cursor) => {
      expect((await sync(desk.agent, { cursor })).reset).toBe(true)
    },
  )

  test('a cursor of before a restore is answered with a reset', async () => {
    const { agent, inbox } = await aDesk(world)
    const { cursor } = await sync(agent)
    await world.db.query('update workspaces set list_epoch = uuid_v7() where id = $1', [inbox.workspaceId])
    const answer = await sync(agent, { cursor })
    expect(answer.reset).toBe(true)
    expect((await sync(agent, { cursor: answer.cursor })).reset).toBe(false)
  })

  test('a cursor of a future that a restore took back, its epoch the same, is answered with a reset', async () => {
    const { cursor } = await sync(desk.agent)
    const ahead = cursor.replace(/\.(\d+)\./, (_, transaction: string) => `.${Number(transaction) + 1_000_000}.`)
    expect((await sync(desk.agent, { cursor: ahead })).reset).toBe(true)
    expect((await sync(desk.agent, { cursor })).reset).toBe(false)
  })

  test('an open log comes from the cursor on, with head and everyone’s marks', async () => {
    const conversationId = await aConversation(desk.visitor)
    const { body: sent } = await send(desk.agent, conversationId)
    const answer = await sync(desk.visitor, { open: [{ conversationId, epoch: sent.epoch, seq: 2 }] })
    expect(seqsOf(answer)).toEqual([3, 4])
    expect(answer.open[0]).toMatchObject({ head: 4, internalHead: 0, hasMore: false, epoch: sent.epoch })
    expect(answer.open[0]!.receipts).toHaveLength(2)
    expect(answer.open[0]!.events[0]).toEqual(sent)
  })

  test('a log of another epoch comes from its beginning', async () => {
    const conversationId = await aConversation(desk.visitor)
    const answer = await sync(desk.visitor, { open: [{ conversationId, epoch: randomUUID(), seq: 2 }] })
    expect(seqsOf(answer)).toEqual([1, 2])
  })

  test('a log longer than one answer says so, and the next answer has the rest', async () => {
    const conversationId = await aConversation(desk.visitor)
    await world.db.query(
      `select send_message('contact', $1, $2, gen_random_uuid(), 'again') from generate_series(1, 203)`,
      [desk.visitor.id, conversationId],
    )
    const { open } = await sync(desk.visitor, { open: [{ conversationId, epoch: '', seq: 0 }] })
    const { epoch, hasMore, events, head } = open[0]!
    expect([hasMore, events.length, head]).toEqual([true, 200, 205])
    const rest = await sync(desk.visitor, { open: [{ conversationId, epoch, seq: 200 }] })
    expect(seqsOf(rest)).toEqual([201, 202, 203, 204, 205])
    expect(rest.open[0]!.hasMore).toBe(false)
  })

  test('a writer and a reader at once: every event arrives by cursor, none twice', async () => {
    const conversationId = await aConversation(desk.visitor)
    const writing = Promise.all(Array.from({ length: 30 }, () => send(desk.visitor, conversationId)))
    const seen: number[] = []
    let epoch = ''
    await expect
      .poll(
        async () => {
          const { open } = await sync(desk.agent, { open: [{ conversationId, epoch, seq: seen.at(-1) ?? 0 }] })
          epoch = open[0]!.epoch
          seen.push(...open[0]!.events.map((event) => event.seq))
          return seen.length
        },
        { timeout: 10_000, interval: 5 },
      )
      .toBe(32)
    await writing
    expect(seen).toEqual(Array.from({ length: 32 }, (_, place) => place + 1))
  })

  const log = { conversationId: randomUUID(), epoch: '', seq: 0 }
  test.each([
    ['nothing', {}, 'cursor'],
    ['a cursor that is no text', { cursor: 7, open: [] }, 'cursor'],
    ['too long a wait', { cursor: null, open: [], waitMs: 25_001 }, 'waitMs'],
    ['too many logs', { cursor: null, open: Array<unknown>(21).fill(log) }, 'open'],
    ['a log without an id', { cursor: null, open: [{ ...log, conversationId: 'x' }] }, 'open.0.conversationId'],
    ['half a seq', { cursor: null, open: [{ ...log, seq: 0.5 }] }, 'open.0.seq'],
  ])('%s is refused by field', async (_, body, path) => {
    const refused = await desk.agent.post<Problem>('/v1/sync', body)
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect(refused.body.errors!.map((error) => error.path)).toContain(path)
  })
})
