import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { systemClock } from '../../sdk/clock.js'
import { createAgent } from '../../sdk/agent.js'
import type { Call } from '../../sdk/api.js'
import type { ConnectionState } from '../../sdk/connection.js'
import { surroundingsOf } from '../../sdk/defaults.js'
import { createLink } from '../../sdk/link.js'
import { ChatError, type SyncRequest } from '../../sdk/protocol/index.js'
import { createStore } from '../../sdk/store.js'
import { aMessageEvent, anAgentSession, aSyncAnswer, agent } from './builders.js'
import { fakeClock } from './fake-clock.js'
import { fakeServer, problem } from './fake-server.js'
import { fakeRealtime } from './fake-socket.js'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] }))
afterEach(() => void vi.useRealTimers())
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

/** A link over sockets and digests that the test has in its hands; a digest that waits has no news. */
function aLink({ isRefusing = false, reconnectWindowMs = 5_000 } = {}) {
  const { server, WebSocket } = fakeRealtime()
  server.isRefusing = isRefusing
  const asked: SyncRequest[] = []
  const trouble = { error: null as ChatError | null }
  const wakes = new Set<() => void>()
  const page = { isVisible: true, sleptMs: 0 }
  const surroundings = surroundingsOf({
    clock: { now: () => systemClock.now() + page.sleptMs, sleep: systemClock.sleep },
    browser: { isVisible: () => page.isVisible, onVisibility: () => () => {} },
    url: 'http://parley.test',
    WebSocket,
    random: () => 0.5,
    onWake: (listener) => (wakes.add(listener), () => wakes.delete(listener)),
  })
  const realtime = { url: 'ws://parley.test/realtime/v1', apikey: 'anon' }
  const state = createStore<ConnectionState>({
    phase: 'idle',
    since: 0,
    transport: null,
    lastError: null,
    retryAt: null,
  })
  const link = createLink(
    {
      surroundings,
      keeper: {
        current: async () => ({ realtime }),
        token: async () => 'token',
        renew: async () => 'token',
        forget: () => {},
      },
      call: (async (
        _: string,
        { body, waitMs, signal }: { body: SyncRequest; waitMs: number; signal: AbortSignal },
      ) => {
        asked.push(body)
        if (trouble.error) throw trouble.error
        if (waitMs) await surroundings.clock.sleep(waitMs, signal)
        return aSyncAnswer({ reset: false, reconnectWindowMs })
      }) as unknown as Call,
      open: () => [],
      apply: () => {},
      signal: new AbortController().signal,
      baseTopics: async () => ['contact:1'],
      heard: () => {},
    },
    state,
  )
  const wake = () => wakes.forEach((listener) => listener())
  return { link, server, asked, trouble, page, wake, now: () => link.state.getSnapshot() }
}

test('with a socket it is live, and says since when', async () => {
  const { link, now } = aLink()
  await link.start()
  await pass(100)
  const live = now()
  expect(live).toMatchObject({ phase: 'live', transport: 'socket', lastError: null })
  await pass(10_000)
  expect([live.since, now()]).toEqual([expect.closeTo(Date.now() - 10_100, -2), live])
  link.close()
})

test('two refused sockets are enough: long polls do it, a socket is tried once a minute, and takes over', async () => {
  const { link, server, asked, now } = aLink({ isRefusing: true })
  await link.start()
  await pass(1_000)
  expect(server.opened).toHaveLength(2)
  expect(now()).toMatchObject({ phase: 'degraded', transport: 'poll' })
  await pass(600_000)
  const before = [server.opened.length, asked.length] as const
  await pass(600_000)
  expect(server.opened.length - before[0]).toBe(10)
  expect(asked.length - before[1]).toBe(24)
  server.isRefusing = false
  await pass(61_000)
  expect(now()).toMatchObject({ phase: 'live', transport: 'socket' })
  link.close()
})

test.each([
  { window: 'a digest told', reconnectWindowMs: 30_000, reason: '' },
  { window: 'the close tells', reconnectWindowMs: 2_000, reason: 'reconnect within 30000 ms' },
])('I13 after a drain a client neither dials nor asks before its turn, and then once: $window', async (row) => {
  const { link, server, asked, now } = aLink(row)
  await link.start()
  await pass(100)
  const before = asked.length
  server.opened[0]!.close(1012, row.reason)
  await pass(14_900)
  expect([server.opened.length, asked.length - before]).toEqual([1, 0])
  await pass(200)
  expect([server.opened.length, asked.length - before]).toEqual([2, 1])
  expect(now()).toMatchObject({ phase: 'live' })
  link.close()
})

test('a client that lost its socket alone dials within a second, and asks after six without one', async () => {
  const { link, server, asked, now } = aLink()
  await link.start()
  await pass(100)
  const before = asked.length
  server.opened[0]!.end(1006)
  server.isDeaf = true
  await pass(600)
  expect(server.opened).toHaveLength(2)
  await pass(6_000)
  expect([asked.length > before, now().phase]).toEqual([true, 'degraded'])
  link.close()
})

test('where the server cannot be asked either it is offline, and degraded again once it can', async () => {
  const { link, trouble, now } = aLink({ isRefusing: true })
  await link.start()
  await pass(1_000)
  trouble.error = new ChatError('network', 'unable to reach the server; test')
  await pass(30_000)
  expect(now()).toMatchObject({ phase: 'offline', transport: null, lastError: { code: 'network' } })
  trouble.error = null
  await pass(30_000)
  expect(now()).toMatchObject({ phase: 'degraded', transport: 'poll', lastError: null })
  link.close()
})

test.each([
  { retryAfterMs: undefined, phase: 'degraded' },
  { retryAfterMs: 60_000, phase: 'offline' },
])(
  'O11 whoever is offline asks again once anything is answered, where the server asked for $retryAfterMs ms it is $phase',
  async (row) => {
    const { link, trouble, now } = aLink({ isRefusing: true })
    await link.start()
    await pass(1_000)
    trouble.error = new ChatError('unavailable', 'unable to reach the server; test', { retryAfterMs: row.retryAfterMs })
    await pass(90_000)
    trouble.error = null
    link.answered()
    await pass(10)
    expect(now().phase).toBe(row.phase)
    link.close()
  },
)

test('a refused token is told apart, and with a session again it is live again', async () => {
  const { link, trouble, wake, now } = aLink()
  await link.start()
  await pass(100)
  trouble.error = new ChatError('token_invalid', 'unable to go on; test')
  wake()
  await pass(100)
  expect(now()).toMatchObject({ phase: 'auth-required', transport: null, lastError: { code: 'token_invalid' } })
  trouble.error = null
  await pass(60_000)
  expect(now()).toMatchObject({ phase: 'live', lastError: null })
  link.close()
})

test('a page that slept without a word from the browser is noticed, and its socket probed', async () => {
  const { link, server, asked, page, now } = aLink()
  await link.start()
  await pass(100)
  const digests = asked.length
  page.sleptMs = 60_000
  server.isDeaf = true
  await pass(17_100)
  expect(asked.length).toBe(digests + 1)
  expect(now().phase).toBe('reconnecting')
  link.close()
})

test.each([
  { isVisible: true, digests: 13 },
  { isVisible: false, digests: 2 },
])('I13 who is up to date asks $digests times in ten minutes where isVisible is $isVisible', async (row) => {
  const { link, asked, page } = aLink()
  page.isVisible = row.isVisible
  await link.start()
  await pass(100)
  const before = asked.length
  await pass(600_000)
  expect(asked.length - before).toBe(row.digests)
  page.isVisible = true
  await pass(60_000)
  expect(asked.length - before).toBeGreaterThan(row.digests)
  link.close()
})

/** A digest without news, which whoever polls waits for. */
const waiting =
  (clock: ReturnType<typeof fakeClock>) =>
  ({ waitMs }: SyncRequest) =>
    waitMs ? clock.sleep(waitMs).then(() => aSyncAnswer({ reset: false })) : aSyncAnswer({ reset: false })

/** An agent without sockets. */
function aDesk(
  { fetch }: ReturnType<typeof fakeServer>,
  clock: ReturnType<typeof fakeClock>,
  session: typeof anAgentSession,
) {
  vi.stubGlobal('WebSocket', undefined)
  onTestFinished(() => void vi.unstubAllGlobals())
  return createAgent({ url: 'http://parley.test', fetch, clock, random: () => 0.5, getToken: async () => session() })
}

test('O11 an answer to a message is a sign that the server is back: the rest is asked for at once', async () => {
  const clock = fakeClock()
  let isAway = false
  const unlessAway = (answer: (body: never) => unknown) => (request: { body: never }) =>
    isAway ? problem('unavailable') : answer(request.body)
  const server = fakeServer({
    'GET /v1/inboxes': unlessAway(() => ({ items: [] })),
    'POST /v1/sync': unlessAway(waiting(clock)),
    'POST /v1/conversations/c1/messages': unlessAway((body) =>
      aMessageEvent(2, { ...(body as object), author: agent }),
    ),
  })
  const desk = aDesk(server, clock, () => anAgentSession())
  await desk.connect()
  await clock.advance(100)
  isAway = true
  await clock.advance(120_000)
  expect(desk.connection.getSnapshot().phase).toBe('offline')
  isAway = false
  const { sent } = desk.conversation('c1').messages.send({ body: 'hello' })
  await clock.advance(1_100)
  await expect(sent).resolves.toMatchObject({ body: 'hello' })
  expect(desk.connection.getSnapshot().phase).toBe('degraded')
  await desk.close()
})

test('I7 what was written while the token is refused is sent once there is a session again', async () => {
  let token = 'good'
  const clock = fakeClock()
  const SEND = 'POST /v1/conversations/c1/messages'
  const allowed = (answer: (body: never) => unknown) => (request: { token: string | null; body: never }) =>
    request.token === 'good' ? answer(request.body) : problem('token_invalid')
  const server = fakeServer({
    'GET /v1/inboxes': allowed(() => ({ items: [] })),
    'POST /v1/sync': allowed(waiting(clock)),
    [SEND]: allowed((body) => aMessageEvent(2, { ...(body as object), author: agent })),
  })
  const desk = aDesk(server, clock, () => anAgentSession({ accessToken: token, expiresInSeconds: 60 }))
  await desk.connect()
  await clock.advance(100)
  token = 'bad'
  await clock.advance(120_000)
  expect(desk.connection.getSnapshot().phase).toBe('auth-required')
  const { sent } = desk.conversation('c1').messages.send({ body: 'hello' })
  await clock.advance(120_000)
  expect(desk.conversation('c1').thread.getSnapshot().items).toMatchObject([{ kind: 'draft', state: 'queued' }])
  token = 'good'
  await clock.advance(60_000)
  await expect(sent).resolves.toMatchObject({ body: 'hello' })
  expect(desk.connection.getSnapshot().phase).toBe('degraded')
  await desk.close()
})
