import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { brokenIn } from '../invariants.js'
import { calm } from './model-network.js'
import { play, type Step } from './play.js'

// the SDK fetches them when it connects, at a time that no seed decides
beforeAll(async () => void (await import('../../../sdk/live.js')))

const who = fc.integer({ min: 0, max: 2 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('send' as const), who }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('read' as const), who }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 5_000 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('down' as const), ms: fc.integer({ min: 1, max: 40_000 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('dropSockets' as const), code: fc.constantFrom(1006, 1012) }) },
)
const odds = fc.constantFrom(0, 0.1, 0.3)
const schedule = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
  trouble: fc.record({
    ...{ requestLost: odds, answerLost: odds, requestTwice: odds },
    ...{ refused: odds, frameLost: odds, frameTwice: odds },
  }),
  steps: fc.array(step, { maxLength: 30 }),
})
const runs = Number(process.env['SCHEDULES'] ?? 60)

test(`I1 to I6, I9 and I10 hold in ${runs} random schedules of the SDK against a model of the server`, async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (asked) => {
      expect(brokenIn(await play(asked))).toEqual({})
    }),
    { numRuns: runs, seed: Number(process.env['SEED'] ?? 1) },
  )
}, 3_600_000)

test('I10 a hole is filled as soon as something beyond it is heard, long before a quiet time is over', async () => {
  const talk: Step[] = Array.from({ length: 12 }, (_, at) => ({ act: 'send', who: at % 3 }))
  const steps: Step[] = [...talk, { act: 'calm' }, { act: 'send', who: 1 }, { act: 'wait', ms: 5_000 }]
  for (const seed of [1, 2, 3, 4, 5]) {
    const { views } = await play({ seed, trouble: { ...calm, frameLost: 0.5 }, steps })
    expect(views.map(({ convergedMs }) => convergedMs)).toEqual([0, 0, 0])
  }
})

test('a schedule played twice gives the same history, to the letter', async () => {
  const [asked] = fc.sample(schedule, { numRuns: 1, seed: 7 })
  const [one, other] = [await play(asked!), await play(asked!)]
  expect(JSON.stringify([...other.logs, other.views, other.sends])).toBe(
    JSON.stringify([...one.logs, one.views, one.sends]),
  )
})
