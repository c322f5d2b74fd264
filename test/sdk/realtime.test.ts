import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { surroundingsOf } from '../../sdk/defaults.js'
import { openRealtime } from '../../sdk/realtime.js'
import { fakeRealtime } from './fake-socket.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** One topic, joined over a socket that works. */
async function aJoined(given: Parameters<typeof anAsked>[0] = {}) {
  const asked = await anAsked(given)
  expect(asked.told).toEqual(['joined'])
  return asked
}

/** One topic, asked for. */
async function anAsked({
  reconnectWindowMs = 1_000,
  random = 0.5,
  ...trouble
}: { isDark?: boolean; isSwallowing?: boolean; reconnectWindowMs?: number; random?: number } = {}) {
  const { server, WebSocket } = fakeRealtime()
  Object.assign(server, trouble)
  const told: string[] = []
  const realtime = openRealtime({
    address: { url: 'ws://parley.test/realtime/v1', apikey: 'anon' },
    token: async () => 'token',
    renew: async () => 'token',
    surroundings: { ...surroundingsOf({ url: 'http://parley.test', random: () => random }), WebSocket },
    reconnectWindowMs: () => reconnectWindowMs,
    joined: () => told.push('joined'),
    left: () => told.push('left'),
    refused: () => told.push('refused'),
    heard: () => {},
  })
  realtime.join('contact:1')
  await vi.advanceTimersByTimeAsync(50)
  return { server, realtime, told }
}

test('a socket from which nothing comes any more is found out 8 s after a beat, which is within 23 s', async () => {
  const { server, realtime, told } = await aJoined()
  server.isDeaf = true
  await vi.advanceTimersByTimeAsync(22_000)
  expect(told).toEqual(['joined'])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(told).toEqual(['joined', 'left'])
  server.isDeaf = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(told).toEqual(['joined', 'left', 'joined'])
  realtime.close()
})

test.each([0.05, 0.5])('one that is found out is followed by one, at once or later (%d)', async (random) => {
  const { server, realtime, told } = await aJoined({ random })
  server.isDeaf = true
  await vi.advanceTimersByTimeAsync(22_900)
  // the way is free again, the beat lost
  server.isDeaf = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect([server.opened.length, told]).toEqual([2, ['joined', 'left', 'joined']])
  realtime.close()
})

test('a socket that answers its beats stays, however long it is quiet', async () => {
  const { server, realtime, told } = await aJoined()
  await vi.advanceTimersByTimeAsync(120_000)
  expect([server.beats, server.opened.length, told]).toEqual([8, 1, ['joined']])
  realtime.close()
})

test.each([0, 15_000])('on wake a dead socket is found out within 2 s, %d ms after it was joined', async (afterMs) => {
  const { server, realtime, told } = await aJoined()
  server.isDeaf = true
  await vi.advanceTimersByTimeAsync(afterMs)
  realtime.probe()
  await vi.advanceTimersByTimeAsync(1_900)
  // a beat on its way when we wake is no proof of death yet
  expect(told).toEqual(['joined'])
  await vi.advanceTimersByTimeAsync(200)
  expect(told).toEqual(['joined', 'left'])
  realtime.close()
})

test.each([
  { what: 'after a drain', code: 1012, tries: 0 },
  { what: 'after many tries in vain', code: 1006, tries: 8 },
])('on wake a socket is dialed at once, $what', async ({ code, tries }) => {
  const { server, realtime, told } = await aJoined({ reconnectWindowMs: 30_000 })
  server.isRefusing = tries > 0
  server.opened[0]!.end(code)
  for (let passed = 0; server.opened.length <= tries; passed++) await vi.advanceTimersByTimeAsync(100)
  server.isRefusing = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect([server.opened.length, told.at(-1) !== 'joined']).toEqual([1 + tries, true])
  realtime.probe()
  await vi.advanceTimersByTimeAsync(50)
  expect([server.opened.length, told.at(-1)]).toEqual([2 + tries, 'joined'])
  await vi.advanceTimersByTimeAsync(120_000)
  expect([server.opened.length, told.at(-1)]).toEqual([2 + tries, 'joined'])
  realtime.close()
})

test('a socket that is neither let in nor refused is given up after 10 s, and another one dialed', async () => {
  const { server, realtime, told } = await anAsked({ isSwallowing: true })
  await vi.advanceTimersByTimeAsync(9_000)
  expect([server.opened.length, told]).toEqual([1, []])
  await vi.advanceTimersByTimeAsync(2_000)
  expect([server.opened.length, told.includes('refused')]).toEqual([2, true])
  server.isSwallowing = false
  await vi.advanceTimersByTimeAsync(20_000)
  expect([server.opened.length, told.at(-1)]).toEqual([3, 'joined'])
  realtime.close()
})

test('on wake a live socket is kept', async () => {
  const { server, realtime, told } = await aJoined()
  realtime.probe()
  await vi.advanceTimersByTimeAsync(10_000)
  expect([server.beats, told]).toEqual([1, ['joined']])
  realtime.close()
})

test('a topic counts as heard only when the server says that the database is heard', async () => {
  const { server, realtime, told } = await anAsked({ isDark: true })
  await vi.advanceTimersByTimeAsync(60_000)
  expect([told, server.joins]).toEqual([[], 1])
  server.isDark = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect([told.at(-1), server.joins]).toEqual(['joined', 2])
  realtime.close()
})

test('where the database is not heard in time, the topic is asked for again, ever more seldom', async () => {
  const { server, realtime, told } = await anAsked({ isDark: true })
  const joinsIn = async (ms: number) => {
    const before = server.joins
    for (let passed = 0; passed < ms; passed += 100) {
      server.endDark()
      await vi.advanceTimersByTimeAsync(100)
    }
    return server.joins - before
  }
  const early = await joinsIn(10_000)
  await joinsIn(60_000)
  const late = await joinsIn(10_000)
  expect(early).toBeGreaterThan(late)
  expect([late > 0, told.includes('joined')]).toEqual([true, false])
  realtime.close()
})
