import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { surroundingsOf } from '../../sdk/defaults.js'
import { openRealtime } from '../../sdk/realtime.js'
import { fakeRealtime } from './fake-socket.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** One topic, joined over a socket that works. */
async function aJoined() {
  const asked = await anAsked()
  expect(asked.told).toEqual(['joined'])
  return asked
}

/** One topic, asked for. */
async function anAsked(trouble: { isDark?: boolean } = {}) {
  const { server, WebSocket } = fakeRealtime()
  Object.assign(server, trouble)
  const told: string[] = []
  const realtime = openRealtime({
    address: { url: 'ws://parley.test/realtime/v1', apikey: 'anon' },
    token: async () => 'token',
    renew: async () => 'token',
    surroundings: { ...surroundingsOf({ url: 'http://parley.test', random: () => 0.5 }), WebSocket },
    reconnectWindowMs: () => 1_000,
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
