import { expect, test, vi } from 'vitest'
import { createLane } from '../../sdk/outbox.js'
import { ChatError, type Draft, MAX_BODY_CHARS, type Message } from '../../sdk/protocol/index.js'
import type { PendingDraft } from '../../sdk/thread.js'
import { aMessage } from './builders.js'
import { fakeClock, settled } from './fake-clock.js'

function aLane(deliver: (draft: Draft) => Promise<Message>) {
  const clock = fakeClock()
  const drafts = new Map<string, PendingDraft>()
  const delivered: string[] = []
  const lane = createLane({
    clock,
    random: () => 0.5,
    signal: new AbortController().signal,
    waiting: new Set(),
    place: () => ({ conversationId: 'c1', startKey: 's1', subject: null }),
    deliver: (draft) => {
      delivered.push(draft.idempotencyKey)
      return deliver(draft)
    },
    changed: (key, draft) => void (draft ? drafts.set(key, draft) : drafts.delete(key)),
  })
  return { lane, clock, drafts, delivered }
}
const stored = ({ idempotencyKey, body }: Draft) => aMessage(1, { idempotencyKey, body })
const network = () => new ChatError('network', 'unable to reach the server; there is no connection')

test('I1 an attempt whose outcome is unknown is repeated with the same key until it is known', async () => {
  let failures = 5
  const { lane, clock, delivered } = aLane(async (draft) => {
    if (failures-- > 0) throw network()
    return stored(draft)
  })
  const { sent } = lane.send({ idempotencyKey: 'k1', body: 'hello' })
  await clock.advance(60_000)
  await expect(sent).resolves.toMatchObject({ body: 'hello' })
  expect(delivered).toEqual(Array(6).fill('k1'))
})

test('I5 one is on its way at a time, first in first out, and none overtakes one that waits', async () => {
  let isDown = true
  const { lane, clock, delivered } = aLane(async (draft) => {
    if (isDown) throw network()
    return stored(draft)
  })
  const handles = ['k1', 'k2', 'k3'].map((idempotencyKey) => lane.send({ idempotencyKey, body: 'hello' }))
  await clock.advance(1_000)
  expect(new Set(delivered)).toEqual(new Set(['k1']))
  isDown = false
  await clock.advance(60_000)
  await Promise.all(handles.map(({ sent }) => sent))
  expect(delivered.slice(-2)).toEqual(['k2', 'k3'])
})

test('what ends while it waits to try again leaves no timer behind', async () => {
  const { lane, clock } = aLane(() => Promise.reject(network()))
  const sleep = vi.spyOn(clock, 'sleep')
  lane.send({ idempotencyKey: 'k1', body: 'hello' })
  await settled()
  lane.end(new ChatError('aborted', 'unable to send message; the client was closed'))
  expect(sleep.mock.calls.map(([, signal]) => signal?.aborted)).toEqual([true])
})

test('a refusal for good is visible, rejects, and lets the next one pass', async () => {
  const { lane, drafts } = aLane(async (draft) => {
    if (draft.idempotencyKey === 'bad') throw new ChatError('forbidden', 'unable to send message; you are blocked')
    return stored(draft)
  })
  const bad = lane.send({ idempotencyKey: 'bad', body: 'hello' })
  const good = lane.send({ idempotencyKey: 'good', body: 'hello' })
  await expect(bad.sent).rejects.toMatchObject({ code: 'forbidden' })
  await expect(good.sent).resolves.toBeDefined()
  expect(drafts.get('bad')).toMatchObject({ state: 'failed', error: { code: 'forbidden' } })
})

test('a failed draft goes out again under its own key, or is discarded, as one asks', async () => {
  let isRefused = true
  const { lane, delivered, drafts } = aLane(async (draft) => {
    if (isRefused) throw new ChatError('forbidden', 'unable to send message; you are blocked')
    return stored(draft)
  })
  lane.send({ idempotencyKey: 'k1', body: 'hello' })
  lane.send({ idempotencyKey: 'k2', body: 'hello' })
  await settled()
  isRefused = false
  lane.discard('k2')
  lane.retry('k1')
  await settled()
  expect(delivered).toEqual(['k1', 'k2', 'k1'])
  expect(drafts.has('k2')).toBe(false)
})

test('Retry-After is waited out', async () => {
  let isLimited = true
  const { lane, clock, delivered } = aLane(async (draft) => {
    if (isLimited) throw new ChatError('rate_limited', 'unable to send message; too many', { retryAfterMs: 20_000 })
    return stored(draft)
  })
  lane.send({ idempotencyKey: 'k1', body: 'hello' })
  await settled()
  isLimited = false
  await clock.advance(19_999)
  expect(delivered).toHaveLength(1)
  await clock.advance(1_000)
  expect(delivered).toHaveLength(2)
})

test('a draft is taken back only before its first attempt', async () => {
  const { lane, delivered, drafts } = aLane(() => new Promise(() => {}))
  const onItsWay = lane.send({ idempotencyKey: 'k1', body: 'hello' })
  const waiting = lane.send({ idempotencyKey: 'k2', body: 'hello' })
  await settled()
  expect(onItsWay.cancel()).toBe(false)
  expect(waiting.cancel()).toBe(true)
  await expect(waiting.sent).rejects.toMatchObject({ code: 'aborted' })
  expect(drafts.has('k2')).toBe(false)
  expect(delivered).toEqual(['k1'])
})

test('a message seen in the log settles its draft, whatever became of the answer', async () => {
  const { lane, clock, delivered } = aLane(async () => {
    throw network()
  })
  const { sent } = lane.send({ idempotencyKey: 'k1', body: 'hello' })
  await settled()
  lane.seen(aMessage(7, { idempotencyKey: 'k1' }))
  await expect(sent).resolves.toMatchObject({ seq: 7 })
  await clock.advance(120_000)
  expect(delivered).toHaveLength(1)
})

test('a key that is on its way already gives the same handle and goes out once', async () => {
  const { lane, delivered } = aLane(() => new Promise(() => {}))
  const handle = lane.send({ idempotencyKey: 'k1', body: 'hello' })
  expect(lane.send({ idempotencyKey: 'k1', body: 'hello' })).toBe(handle)
  await settled()
  expect(delivered).toEqual(['k1'])
})

test('queued says honestly that memory is all there is', async () => {
  const { lane } = aLane(() => new Promise(() => {}))
  await expect(lane.send({ idempotencyKey: 'k1', body: 'hello' }).queued).resolves.toEqual({ durability: 'memory' })
})

test('what no server would take is refused at once and never shown', async () => {
  const { lane, delivered, drafts } = aLane(async (draft) => stored(draft))
  const refused = vi.fn()
  for (const body of ['', '  \n', 'x'.repeat(MAX_BODY_CHARS + 1)])
    await lane.send({ idempotencyKey: 'k', body }).sent.catch(({ code }: ChatError) => refused(code))
  expect(refused.mock.calls).toEqual(Array(3).fill(['invalid_request']))
  expect([delivered, drafts.size]).toEqual([[], 0])
})
