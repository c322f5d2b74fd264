import { expect, test } from 'vitest'
import type { Call } from '../../sdk/api.js'
import { surroundingsOf } from '../../sdk/defaults.js'
import { ChatError } from '../../sdk/protocol/index.js'
import { createSync } from '../../sdk/sync.js'
import { aSyncAnswer } from './builders.js'
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
