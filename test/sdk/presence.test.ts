import { expect, test } from 'vitest'
import type { ConnectionState } from '../../sdk/connection.js'
import { keepPresence, type People } from '../../sdk/presence.js'
import { ChatError, type PageStep, type Presence, type PresenceRequest } from '../../sdk/protocol/index.js'
import { createStore } from '../../sdk/store.js'
import { fakeClock } from './fake-clock.js'

const AT = '2026-11-21T12:00:00.000Z'
const ada: Presence = { conversationId: 'c1', name: 'Ada', state: 'online', lastSeenAt: null }

/** A page with one conversation open, and a server that says who is there. */
function aPage({ isDesk = false } = {}) {
  const clock = fakeClock()
  const ended = new AbortController()
  const live: ConnectionState = { phase: 'live', since: 0, transport: 'socket', lastError: null, retryAt: null }
  const connection = createStore(live)
  const people = createStore<People>(new Map())
  const beats: (PresenceRequest & { at: number })[] = []
  const page = { open: ['c1'], isVisible: true, answers: [ada], isReachable: true, step: null as PageStep | null }
  const began = clock.now()
  const call = async (_route: string, { body }: { body: PresenceRequest }) => {
    beats.push({ ...body, at: clock.now() - began })
    if (!page.isReachable) throw new ChatError('network', 'unable to reach the server; there is no connection')
    return { people: page.answers, serverTime: AT }
  }
  const options = {
    surroundings: { clock },
    open: () => page.open.map((conversationId) => ({ conversationId })),
    call,
    signal: ended.signal,
    onPresence: people.set,
    page: () => page.step,
    isDesk,
  }
  const begin = () => keepPresence(options as never, connection, { isVisible: () => page.isVisible })
  const states = () => [...people.getSnapshot().values()].map(({ state }) => state)
  return { clock, ended, connection, people, beats, page, begin, states }
}

test('while a conversation is open its page says so every 15 s, and knows who answers', async () => {
  const { clock, beats, people, begin } = aPage()
  begin()
  await clock.advance(60_000)
  expect(beats.map(({ at }) => at)).toEqual([0, 15_000, 30_000, 45_000, 60_000])
  expect(beats[0]).toMatchObject({ state: 'online', conversationIds: ['c1'] })
  expect(people.getSnapshot().get('c1')).toEqual({ name: 'Ada', state: 'online', lastSeenAt: null })
})

test('the same answer again tells nobody', async () => {
  const { clock, people, begin } = aPage()
  let told = 0
  people.subscribe(() => told++)
  begin()
  await clock.advance(60_000)
  expect(told).toBe(1)
})

test('I13 however fast conversations are opened, it asks four times in a minute at most', async () => {
  const { clock, beats, page, begin } = aPage()
  begin()
  for (let count = 0; count < 60; count++) {
    page.open = [`c${count}`]
    await clock.advance(5_000)
  }
  for (const { at } of beats)
    expect(beats.filter((other) => other.at >= at && other.at < at + 60_000).length).toBeLessThanOrEqual(4)
  expect(beats.at(-1)!.at).toBeGreaterThan(240_000)
})

test('a conversation that is opened is asked about before its time', async () => {
  const { clock, beats, page, begin } = aPage()
  begin()
  await clock.advance(1_000)
  page.open = ['c2']
  await clock.advance(5_000)
  expect(beats.map(({ conversationIds }) => conversationIds)).toEqual([['c1'], ['c2']])
})

test('out of sight it says away, and less often', async () => {
  const { clock, beats, page, begin } = aPage()
  page.isVisible = false
  begin()
  await clock.advance(90_000)
  expect(beats.map(({ at, state }) => [at, state])).toEqual([0, 45_000, 90_000].map((at) => [at, 'away']))
  page.isVisible = true
  await clock.advance(15_000)
  expect(beats.at(-1)).toMatchObject({ state: 'online' })
})

test('with nothing open, or no connection, it says nothing and shows nobody for long', async () => {
  const { clock, beats, page, begin, states, connection } = aPage()
  begin()
  await clock.advance(1_000)
  page.open = []
  await clock.advance(5_000)
  expect(states()).toEqual([])
  page.open = ['c1']
  await clock.advance(5_000)
  expect(states()).toEqual(['online'])
  const before = beats.length
  connection.set({ ...connection.getSnapshot(), phase: 'offline', transport: null })
  await clock.advance(60_000)
  expect(beats).toHaveLength(before)
  expect(states()).toEqual([])
})

test('at a desk it says so with nothing open, too, from the moment that there is a connection', async () => {
  const { clock, beats, page, begin, connection } = aPage({ isDesk: true })
  page.open = []
  const live = connection.getSnapshot()
  connection.set({ ...live, phase: 'connecting', transport: null })
  begin()
  await clock.advance(1_000)
  expect(beats).toEqual([])
  connection.set(live)
  await clock.advance(60_000)
  expect(beats.map(({ at, conversationIds }) => [at, conversationIds])).toEqual(
    [1, 20, 35, 50].map((s) => [s * 1_000, []]),
  )
})

test('a failure is silent; what was heard holds for a while, and the next beat asks again', async () => {
  const { clock, page, begin, states } = aPage()
  begin()
  await clock.advance(1_000)
  page.isReachable = false
  await clock.advance(30_000)
  expect(states()).toEqual(['online'])
  await clock.advance(30_000)
  expect(states()).toEqual([])
  page.isReachable = true
  await clock.advance(15_000)
  expect(states()).toEqual(['online'])
})

test('when someone was last seen is told by the clock of this device, however wrong', async () => {
  const { clock, page, begin, people } = aPage()
  page.answers = [{ ...ada, state: 'offline', lastSeenAt: '2026-11-21T11:55:00.000Z' }]
  begin()
  await clock.advance(0)
  expect(people.getSnapshot().get('c1')?.lastSeenAt).toBe(clock.now() - 300_000)
})

test('a page is told once, by the next beat, and again only if nobody heard it', async () => {
  const { clock, beats, page, begin } = aPage()
  page.step = { url: 'https://shop.example/', title: 'Shop' }
  page.isReachable = false
  begin()
  await clock.advance(0)
  page.isReachable = true
  await clock.advance(30_000)
  page.step = { url: 'https://shop.example/cart', title: 'Cart' }
  await clock.advance(15_000)
  page.step = null
  await clock.advance(15_000)
  const urls = beats.map((beat) => beat.page?.url)
  expect(urls).toEqual([
    'https://shop.example/',
    'https://shop.example/',
    undefined,
    'https://shop.example/cart',
    undefined,
  ])
})

test('once ended it is silent', async () => {
  const { clock, beats, ended, begin } = aPage()
  begin()
  await clock.advance(1_000)
  ended.abort()
  await clock.advance(60_000)
  expect(beats).toHaveLength(1)
})
