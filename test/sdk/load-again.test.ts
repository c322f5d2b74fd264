import { expect, test } from 'vitest'
import { createAgent } from '../../sdk/agent.js'
import { aHead, aMessage, anAssignment, anAgentSession, aSyncAnswer, EPOCH } from './builders.js'
import { fakeClock } from './fake-clock.js'
import { fakeServer, problem } from './fake-server.js'

const PAGE_ROUTE = 'GET /v1/conversations/c1/messages'
const EVENTS_ROUTE = 'GET /v1/conversations/c1/events'
const LIST_ROUTE = 'GET /v1/conversations'

/** An agent who is connected; nothing new ever comes. */
async function anAgent() {
  const clock = fakeClock()
  const server = fakeServer({
    'GET /v1/inboxes': () => ({ items: [] }),
    'POST /v1/sync': ({ body }) =>
      (body as { waitMs?: number }).waitMs ? new Promise(() => {}) : aSyncAnswer({ reset: false }),
    'GET /v1/conversations/c1': () => ({ head: aHead({ seq: 3 }), receipts: [] }),
    [PAGE_ROUTE]: () => ({ items: [aMessage(1)], hasMore: false, head: 3, epoch: EPOCH }),
    [EVENTS_ROUTE]: () => ({ items: [anAssignment(2), anAssignment(3)], hasMore: false, head: 3, epoch: EPOCH }),
    [LIST_ROUTE]: () => ({ items: [aHead()], receipts: [], nextCursor: null }),
  })
  const agent = createAgent({
    ...{ url: 'http://parley.test', fetch: server.fetch, clock, random: () => 0.5 },
    getToken: async () => anAgentSession(),
  })
  const connected = agent.connect()
  await clock.advance(1_000)
  await connected
  /** Answers a route by a problem until the returned undo. */
  function spoil(route: string, code: 'unavailable' | 'forbidden') {
    const works = server.handlers[route]!
    server.handlers[route] = () => problem(code)
    return () => void (server.handlers[route] = works)
  }
  const conversation = agent.conversation('c1')
  const list = agent.list('all')
  const things = [
    { route: PAGE_ROUTE, store: conversation.thread, open: () => conversation.open() },
    { route: LIST_ROUTE, store: list.store, open: () => list.open() },
  ] as const
  return { agent, clock, server, spoil, things }
}

const kinds = [
  ['a conversation', 0],
  ['a list', 1],
] as const

test.each(kinds)(
  'I10 %s that could not be loaded is loaded again by itself, and says why until it is there',
  async (_, at) => {
    const { agent, clock, server, spoil, things } = await anAgent()
    const { route, store, open } = things[at]!
    const mend = spoil(route, 'unavailable')
    open()
    await clock.advance(4_000)
    expect(store.getSnapshot()).toMatchObject({ items: [], error: { code: 'unavailable' } })
    const triesOf4s = server.asked(route).length
    expect(triesOf4s).toBeGreaterThan(2)
    await clock.advance(60_000)
    const tries = server.asked(route).length
    expect(tries).toBeLessThan(triesOf4s + 10)
    mend()
    await clock.advance(15_100)
    expect(store.getSnapshot()).toMatchObject({ isLoading: false, error: null })
    expect(store.getSnapshot().items).not.toEqual([])
    await clock.advance(60_000)
    expect(server.asked(route)).toHaveLength(tries + 1)
    await agent.close()
  },
)

test('I10 what happened between messages, and could not be loaded with them, comes later', async () => {
  const { agent, clock, spoil, things } = await anAgent()
  const [{ store, open }] = things
  const mend = spoil(EVENTS_ROUTE, 'unavailable')
  open()
  await clock.advance(4_000)
  expect(store.getSnapshot()).toMatchObject({ items: [{ kind: 'message' }], error: null })
  mend()
  await clock.advance(15_100)
  expect(store.getSnapshot().items).toMatchObject(['message', 'activity', 'activity'].map((kind) => ({ kind })))
  await agent.close()
})

test.each(kinds)(
  '%s is not loaded again once it was refused for good, is shut, or its client is closed',
  async (_, at) => {
    const { agent, clock, server, spoil, things } = await anAgent()
    const { route, open } = things[at]!
    const triesIn = async (ms: number) => {
      const before = server.asked(route).length
      await clock.advance(ms)
      return server.asked(route).length - before
    }
    spoil(route, 'forbidden')
    const shut = open()
    expect(await triesIn(10_000)).toBe(1)
    shut()
    spoil(route, 'unavailable')
    const shutAgain = open()
    expect(await triesIn(1_000)).toBeGreaterThan(1)
    shutAgain()
    expect(await triesIn(60_000)).toBe(0)
    open()
    await clock.advance(1_000)
    await agent.close()
    expect(await triesIn(60_000)).toBe(0)
  },
)
