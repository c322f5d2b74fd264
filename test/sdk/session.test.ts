import { expect, test, vi } from 'vitest'
import { createCall, createSend } from '../../sdk/api.js'
import type { ChatStorage } from '../../sdk/defaults.js'
import { surroundingsOf } from '../../sdk/defaults.js'
import type { VisitorSession } from '../../sdk/protocol/index.js'
import { memoryShelf } from '../../sdk/shelf.js'
import { keepSession } from '../../sdk/session.js'
import { type SecretKeeper, visitorSession } from '../../sdk/visitor-session.js'
import { aSyncAnswer, aVisitorSession } from './builders.js'
import { fakeBrowser } from './fake-browser.js'
import { fakeClock } from './fake-clock.js'
import { type FakeHandler, fakeServer, problem } from './fake-server.js'

const BEGIN = 'POST /v1/visitor/sessions'
const REFRESH = 'POST /v1/visitor/sessions/refresh'
const PLACE = 'parley:demo:session'

function aStorage(): ChatStorage & { all: Map<string, string> } {
  const all = new Map<string, string>()
  return {
    all,
    get: (key) => all.get(key) ?? null,
    set: (key, value) => all.set(key, value),
    remove: (key) => all.delete(key),
  }
}

function aKeeper(
  handlers: Parameters<typeof fakeServer>[0],
  storage = aStorage(),
  shelf: SecretKeeper = memoryShelf(),
) {
  const server = fakeServer(handlers)
  const clock = fakeClock()
  const surroundings = surroundingsOf({ url: 'http://parley.test', fetch: server.fetch, clock, random: () => 0.5 })
  const send = createSend(surroundings)
  const { signal } = new AbortController()
  const visitor = visitorSession({ send, storage, inboxKey: 'demo', keeper: async () => shelf, signal })
  const keeper = keepSession<VisitorSession>({
    clock,
    random: () => 0.5,
    take: visitor.take,
    personOf: ({ contact }) => [contact.id, ...contact.formerIds],
    taken: () => {},
  })
  return { server, clock, visitor, keeper, storage, call: createCall(send, keeper) }
}
const numbered = () => {
  let count = 0
  return () => aVisitorSession({ accessToken: `token-${++count}`, refreshSecret: `secret-${count}` })
}

test('a first visit begins a session, a later one continues it with the kept secret', async () => {
  const next = numbered()
  const { keeper, storage, server } = aKeeper({ [BEGIN]: next, [REFRESH]: next })
  await keeper.current()
  const later = aKeeper({ [BEGIN]: next, [REFRESH]: next }, storage)
  await later.keeper.current()
  expect(server.asked(BEGIN)).toHaveLength(1)
  expect(later.server.requests).toMatchObject([
    { path: '/v1/visitor/sessions/refresh', body: { refreshSecret: 'secret-1' } },
  ])
  expect(storage.all.get(PLACE)).toBe('secret-2')
})

test('T10 tabs that begin at the same time are one visitor; one that holds up the others is not waited for', async () => {
  const storage = aStorage()
  const { locks } = fakeBrowser().tab()
  const shelf = { ...memoryShelf(), locks }
  let count = 0
  const begin: FakeHandler = () => aVisitorSession({ refreshSecret: `secret-${++count}` })
  const tabs = [0, 1, 2].map(() => aKeeper({ [BEGIN]: begin, [REFRESH]: begin }, storage, shelf))
  await Promise.all(tabs.map(({ keeper }) => keeper.current()))
  expect(tabs.map(({ server }) => server.asked(BEGIN).length)).toEqual([1, 0, 0])
  expect(tabs.map(({ server }) => server.asked(REFRESH).length)).toEqual([0, 1, 1])

  const patience = new AbortController()
  vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(patience.signal)
  void locks!.request(PLACE, {}, () => new Promise(() => {}))
  const waiting = aKeeper({ [REFRESH]: begin }, storage, shelf)
  const taken = waiting.keeper.current()
  await expect.poll(() => AbortSignal.timeout).toHaveBeenCalled()
  expect(waiting.server.requests).toEqual([])
  patience.abort()
  expect(await taken).toMatchObject({ refreshSecret: 'secret-4' })
})

test('the address of the badge is kept beside the secret, and goes with it', async () => {
  const place = 'parley:demo:badge'
  const { visitor, keeper, storage } = aKeeper({ [BEGIN]: numbered() })
  await keeper.current()
  expect(storage.all.get(place)).toBe('https://chat.example/v1/badges/1')
  visitor.forget()
  expect([storage.all.has(PLACE), storage.all.has(place)]).toEqual([false, false])
})

test('a lost answer to a rotation loses nobody: the same secret is tried again', async () => {
  let isLost = true
  const storage = aStorage()
  storage.set(PLACE, 'secret-1')
  const { keeper, server } = aKeeper(
    {
      [REFRESH]: () => {
        if (!isLost) return aVisitorSession({ refreshSecret: 'secret-2' })
        isLost = false
        throw new TypeError('fetch failed')
      },
    },
    storage,
  )
  await expect(keeper.current()).rejects.toMatchObject({ code: 'network' })
  await keeper.current()
  expect(server.asked(REFRESH).map(({ body }) => body)).toEqual(Array(2).fill({ refreshSecret: 'secret-1' }))
  expect(storage.all.get(PLACE)).toBe('secret-2')
})

test('a secret that another tab rotated meanwhile is taken from the storage', async () => {
  const storage = aStorage()
  storage.set(PLACE, 'secret-1')
  const { keeper, server } = aKeeper(
    {
      [REFRESH]: ({ body }) => {
        if ((body as { refreshSecret: string }).refreshSecret !== 'secret-1') return aVisitorSession()
        storage.set(PLACE, 'secret-9')
        return problem('token_invalid')
      },
    },
    storage,
  )
  await keeper.current()
  expect(server.asked(REFRESH)).toHaveLength(2)
  expect(server.asked(BEGIN)).toHaveLength(0)
})

test('a secret that a kill left behind in the storage gives way to that of the database, which was late', async () => {
  const storage = aStorage()
  storage.set(PLACE, 'secret-1')
  const late: SecretKeeper = { secret: async (otherwise) => otherwise ?? 'secret-3', keepSecret: async () => {} }
  const refresh: FakeHandler = ({ body }) =>
    (body as { refreshSecret: string }).refreshSecret === 'secret-3' ? aVisitorSession() : problem('token_invalid')
  const { keeper, server } = aKeeper({ [REFRESH]: refresh }, storage, late)
  await keeper.current()
  expect(server.asked(REFRESH)).toHaveLength(2)
  const lost = aKeeper({ [REFRESH]: () => problem('token_invalid'), [BEGIN]: numbered() }, storage, late)
  await lost.keeper.current()
  expect([lost.server.asked(REFRESH).length, lost.server.asked(BEGIN).length]).toEqual([2, 1])
})

test('a secret that the server does not know begins a new session; a server that is down does not', async () => {
  const storage = aStorage()
  storage.set(PLACE, 'secret-1')
  const down = aKeeper({ [REFRESH]: () => problem('unavailable'), [BEGIN]: numbered() }, storage)
  await expect(down.keeper.current()).rejects.toMatchObject({ code: 'unavailable' })
  expect(down.server.asked(BEGIN)).toHaveLength(0)
  const up = aKeeper({ [REFRESH]: () => problem('token_invalid'), [BEGIN]: numbered() }, storage)
  await up.keeper.current()
  expect(up.server.asked(BEGIN)).toHaveLength(1)
})

test.each<[string, () => unknown]>([
  ['a session', aVisitorSession],
  ['a refusal', () => problem('token_invalid')],
])('O9 %s that was on its way when its visitor signed out is kept nowhere, and begins nobody', async (_, answer) => {
  const storage = aStorage()
  storage.set(PLACE, 'secret-1')
  const shelf = memoryShelf()
  let arrive = () => {}
  const arrival = new Promise<void>((resolve) => (arrive = resolve))
  const refresh: FakeHandler = () => arrival.then(answer)
  const { visitor, server } = aKeeper({ [REFRESH]: refresh, [BEGIN]: numbered() }, storage, shelf)
  const taking = visitor.take()
  taking.catch(() => {})
  await expect.poll(() => server.asked(REFRESH).length).toBe(1)
  visitor.forget()
  arrive()
  await expect(taking).rejects.toMatchObject({ code: 'aborted' })
  expect([storage.all.size, await shelf.secret(), server.asked(BEGIN).length]).toEqual([0, null, 0])
})

test('a token is used until 75 % of its life, then renewed once for all who ask', async () => {
  const next = numbered()
  const { keeper, clock, server } = aKeeper({ [BEGIN]: next, [REFRESH]: next })
  await keeper.token()
  await clock.advance(0.74 * 900_000)
  expect(await keeper.token()).toBe('token-1')
  await clock.advance(0.02 * 900_000)
  expect(await Promise.all([keeper.token(), keeper.token(), keeper.token()])).toEqual(Array(3).fill('token-2'))
  expect(server.asked(REFRESH)).toHaveLength(1)
})

test('a renewal that fails troubles nobody while the old token is good', async () => {
  const { keeper, clock } = aKeeper({ [BEGIN]: numbered(), [REFRESH]: () => problem('unavailable') })
  await keeper.token()
  await clock.advance(0.8 * 900_000)
  expect(await keeper.token()).toBe('token-1')
  await clock.advance(0.2 * 900_000)
  await expect(keeper.token()).rejects.toMatchObject({ code: 'unavailable' })
})

test('an expired token costs one renewal and one more attempt; a second refusal is told', async () => {
  const next = numbered()
  const { call, server } = aKeeper({
    [BEGIN]: next,
    [REFRESH]: next,
    'POST /v1/sync': ({ token }) => (token === 'token-2' ? aSyncAnswer() : problem('token_expired')),
    'GET /v1/conversations': () => problem('token_invalid'),
  })
  await Promise.all([call('POST sync'), call('POST sync')])
  expect(server.asked(REFRESH)).toHaveLength(1)
  await expect(call('GET conversations')).rejects.toMatchObject({ code: 'token_invalid' })
  expect(server.asked('GET /v1/conversations')).toHaveLength(2)
})

test('a visitor of whom it became known who they are is still the same person', async () => {
  const contact = { id: 'user', name: 'Zoë', email: null, verified: true, consentedAt: null, formerIds: ['visitor'] }
  const { keeper, clock } = aKeeper({
    [BEGIN]: () => aVisitorSession(),
    [REFRESH]: () => aVisitorSession({ contact, accessToken: 'token-2' }),
  })
  await keeper.token()
  await clock.advance(900_000)
  expect(await keeper.token()).toBe('token-2')
})

test('a renewed session of somebody else is refused', async () => {
  const { keeper, clock } = aKeeper({
    [BEGIN]: () => aVisitorSession(),
    [REFRESH]: () =>
      aVisitorSession({
        contact: { id: 'other', name: '', email: null, verified: false, consentedAt: null, formerIds: [] },
      }),
  })
  await keeper.token()
  await clock.advance(900_000)
  await expect(keeper.token()).rejects.toMatchObject({ code: 'user_changed' })
})
