import type * as timers from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { eventually } from '../../support/eventually.js'
import type { SyncRequest } from '../../../sdk/protocol/index.js'
import { aConversation, aDesk, conversationPath, type Desk, send, settledCursor, sync } from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { type Caller, makeWorld, type World } from '../../support/world.js'

/** Long enough that only news ends the wait within a test. */
const LONG_MS = 15_000
/** As in backend/sync/catch-up.ts. */
const LOOK_EVERY_MS = 3_000
const REPEAT_EVERY_MS = 1_000

const naps = vi.hoisted(() => ({ asked: [] as number[], endlessMs: 0 }))
vi.mock('node:timers/promises', async (original) => {
  const real = await original<typeof timers>()
  const setTimeout: typeof real.setTimeout = (ms = 0, ...rest) => {
    naps.asked.push(ms)
    return real.setTimeout(ms === naps.endlessMs ? 2 ** 30 : ms, ...rest)
  }
  return { ...real, setTimeout }
})

describe.each(engines)('long poll on %s', (engine) => {
  let world: World
  let desk: Desk
  beforeAll(async () => {
    world = await makeWorld(engine)
    desk = await aDesk(world)
    // nobody looks unbidden, so that only a hint wakes
    naps.endlessMs = LOOK_EVERY_MS
  })
  afterAll(() => {
    naps.endlessMs = 0
    return world.close()
  })

  const watchQueries = () => vi.spyOn(world.db, 'query')
  type Queries = ReturnType<typeof watchQueries>
  const looks = (query: Queries) => query.mock.calls.filter(([text]) => text.includes(' sync(')).length
  /** Starts to wait; resolves when the server listens, with the answer to come. */
  const waiting = async (asker: Caller, request: Partial<SyncRequest>) => {
    const query = watchQueries()
    const answer = sync(asker, { waitMs: LONG_MS, ...request })
    await eventually(() => {
      const texts = query.mock.calls.map(([text]) => text)
      const listening = texts.findIndex((text) => text.includes('heard_topics'))
      expect(texts.findIndex((text, place) => place > listening && text.includes(' sync('))).toBeGreaterThan(listening)
    })
    query.mockRestore()
    return { answer }
  }

  test('wakes at once on a new message, with its head and its event', async () => {
    const conversationId = await aConversation(desk.visitor)
    const cursor = await settledCursor(desk.visitor)
    const { open } = await sync(desk.visitor, { open: [{ conversationId, epoch: '', seq: 0 }] })
    const { epoch, head } = open[0]!
    const { answer } = await waiting(desk.visitor, { cursor, open: [{ conversationId, epoch, seq: head }] })
    const { body: sent } = await send(desk.agent, conversationId)
    const woken = await answer
    expect(woken.heads).toMatchObject([{ conversationId, seq: 4 }])
    expect(woken.open[0]!.events[0]).toEqual(sent)
  })

  test('wakes an agent on a new conversation in an inbox of theirs, and a visitor not on one of another', async () => {
    const other = await world.visitor(desk.inbox.key)
    const [ofAgent, ofVisitor] = [await settledCursor(desk.agent), await settledCursor(desk.visitor)]
    const agents = await waiting(desk.agent, { cursor: ofAgent })
    const visitors = await waiting(desk.visitor, { cursor: ofVisitor, waitMs: 400 })
    const conversationId = await aConversation(other)
    expect((await agents.answer).heads).toMatchObject([{ conversationId }])
    expect(await visitors.answer).toMatchObject({ reset: false, heads: [] })
  })

  test('wakes on the marks of the other side in an open log', async () => {
    const conversationId = await aConversation(desk.visitor)
    const cursor = await settledCursor(desk.visitor)
    const { open } = await sync(desk.visitor, { open: [{ conversationId, epoch: '', seq: 0 }] })
    const { epoch, head: seq } = open[0]!
    const { answer } = await waiting(desk.visitor, { cursor, open: [{ conversationId, epoch, seq }] })
    await desk.agent.put(conversationPath(conversationId, '/receipt'), { deliveredSeq: 2, readSeq: 2 })
    const woken = await answer
    expect(woken.open[0]).toMatchObject({
      events: [],
      receipts: expect.arrayContaining([
        expect.objectContaining({ readSeq: 2, actor: { type: 'agent', id: desk.agent.id } }),
      ]) as unknown,
    })
  })

  test('does not wait when there is news already', async () => {
    const cursor = await settledCursor(desk.agent)
    await aConversation(desk.visitor)
    const query = watchQueries()
    expect((await sync(desk.agent, { cursor, waitMs: LONG_MS })).heads).toHaveLength(1)
    expect((await sync(desk.agent, { cursor: null, waitMs: LONG_MS })).reset).toBe(true)
    // looks are not counted: a transaction of any database of this Postgres makes the first answer come slowly
    expect(query.mock.calls.filter(([text]) => text.includes('heard_topics'))).toEqual([])
    query.mockRestore()
  })

  test('ends empty, and no sooner than asked, when nothing happens', async () => {
    const cursor = await settledCursor(desk.agent)
    const query = watchQueries()
    expect(await sync(desk.agent, { cursor, waitMs: 300 })).toMatchObject({ reset: false, heads: [] })
    // at first, once it listens, and when the time is over
    expect(looks(query)).toBeGreaterThanOrEqual(3)
    query.mockRestore()
  })

  test.runIf(engine === 'postgres')(
    'what an old transaction holds back is told again each time, but slowly',
    async () => {
      let release = () => {}
      const released = new Promise<void>((resolve) => (release = resolve))
      let transaction = Promise.resolve()
      await new Promise<void>((held) => {
        transaction = world.db.transaction(async (tx) => {
          await tx.query('select pg_current_xact_id()')
          held()
          await released
        })
      })
      const conversationId = await aConversation(desk.visitor)
      const { cursor } = await sync(desk.agent)
      naps.asked = []
      const again = await sync(desk.agent, { cursor, waitMs: LONG_MS })
      release()
      await transaction
      expect(again.heads.map((head) => head.conversationId)).toContain(conversationId)
      expect(naps.asked).toContain(REPEAT_EVERY_MS)
    },
  )

  test('many wait at once, and the process warns of no leak', async () => {
    const cursor = await settledCursor(desk.agent)
    const warned = vi.fn()
    process.on('warning', warned)
    const answers = Array.from({ length: 12 }, () => sync(desk.agent, { cursor, waitMs: 300 }))
    for (const answer of await Promise.all(answers)) expect(answer.heads).toEqual([])
    process.off('warning', warned)
    expect(warned).not.toHaveBeenCalled()
  })

  test('ends when the caller goes away', async () => {
    const cursor = await settledCursor(desk.agent)
    const gone = new AbortController()
    const query = watchQueries()
    naps.asked = []
    const asked = fetch(`${world.url}/v1/sync`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${desk.agent.token}` },
      body: JSON.stringify({ cursor, open: [], waitMs: LONG_MS }),
      signal: gone.signal,
    })
    await eventually(() => expect(naps.asked).toContain(LOOK_EVERY_MS))
    const before = looks(query)
    gone.abort()
    await expect(asked).rejects.toThrow()
    await eventually(() => expect(looks(query)).toBeGreaterThan(before))
    query.mockRestore()
  })
})

test('long poll without embedded realtime finds a new message by looking now and then', async () => {
  const supabase = { url: 'https://project.example', anonKey: 'anon', jwtSecret: 'x'.repeat(32) }
  const world = await makeWorld('pglite', { supabase })
  const { agent, visitor } = await aDesk(world)
  const { cursor } = await sync(agent)
  const answer = sync(agent, { cursor, waitMs: LONG_MS })
  const conversationId = await aConversation(visitor)
  expect((await answer).heads).toMatchObject([{ conversationId }])
  await world.close()
})
