import { expect, test } from 'vitest'
import type { Call } from '../../sdk/api.js'
import { surroundingsOf } from '../../sdk/defaults.js'
import { ChatError, type SyncAnswer, type SyncLog } from '../../sdk/protocol/index.js'
import { createSync } from '../../sdk/sync.js'
import { aSyncAnswer, EPOCH } from './builders.js'
import { fakeClock } from './fake-clock.js'

/** A digest asked of a server that refuses as often as `failures` tells. */
function aSync(failures: ChatError[] = []) {
  const clock = fakeClock()
  const askedAt: number[] = []
  const begin = clock.now()
  const ended = new AbortController()
  const applied: unknown[] = []
  const call = (async () => {
    askedAt.push(clock.now() - begin)
    const failure = failures.shift()
    if (failure) throw failure
    return aSyncAnswer()
  }) as unknown as Call
  const sync = createSync({
    surroundings: surroundingsOf({ url: 'http://parley.test', clock, random: () => 0.5 }),
    call,
    open: () => [],
    apply: (answer) => applied.push(answer),
    signal: ended.signal,
  })
  return { sync, clock, askedAt, applied, ended }
}
const unavailable = (retryAfterMs?: number) => new ChatError('unavailable', 'unable to answer; test', { retryAfterMs })

test('I10 what a hint called for is asked again until it works, ever more slowly, and then no more', async () => {
  const { sync, clock, askedAt, applied } = aSync([unavailable(), unavailable(), unavailable(4_000)])
  sync.soon()
  await clock.advance(600_000)
  expect(askedAt).toEqual([50, 300, 800, 5_800])
  expect(applied).toHaveLength(1)
})

test('a hint that is fulfilled otherwise is not asked for again', async () => {
  let isNeeded = true
  const { sync, clock, askedAt } = aSync([unavailable()])
  sync.soon(() => isNeeded)
  await clock.advance(100)
  isNeeded = false
  await clock.advance(600_000)
  expect(askedAt).toHaveLength(1)
})

test('what the server refuses for good is not asked again', async () => {
  const { sync, clock, askedAt } = aSync([new ChatError('forbidden', 'unable to answer; test')])
  sync.soon()
  await clock.advance(600_000)
  expect(askedAt).toHaveLength(1)
})

test('who signed out leaves nothing behind that is asked in the name of the next', async () => {
  const { sync, clock, askedAt } = aSync([unavailable()])
  sync.soon()
  await clock.advance(100)
  sync.forget()
  await clock.advance(600_000)
  expect(askedAt).toHaveLength(1)
  sync.soon()
  await clock.advance(100)
  expect(askedAt).toHaveLength(2)
})

const aLog = (log: Partial<SyncLog>): SyncLog => ({
  conversationId: 'c1',
  epoch: EPOCH,
  head: 5,
  internalHead: 2,
  events: [],
  receipts: [],
  hasMore: false,
  ...log,
})

test.each([
  ['is as long as what we had', {}, EPOCH],
  ['is shorter than what we had', { head: 4 }, ''],
  ['is shorter among agents', { internalHead: 1 }, ''],
])('a log that %s when we asked: is it another one?', async (_, change, epoch) => {
  let seq = 5
  const applied: SyncAnswer[] = []
  const sync = createSync({
    surroundings: surroundingsOf({ url: 'http://parley.test', clock: fakeClock(), random: () => 0.5 }),
    call: (async () => {
      // an event is heard while the answer is on its way
      seq = 6
      return aSyncAnswer({ open: [aLog(change)] })
    }) as unknown as Call,
    open: () => [{ conversationId: 'c1', epoch: EPOCH, seq, internalSeq: 2 }],
    apply: (answer) => applied.push(answer),
    signal: new AbortController().signal,
  })
  await sync.now()
  expect(applied[0]!.open[0]!.epoch).toBe(epoch)
})
