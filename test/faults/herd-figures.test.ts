import { expect, test } from 'vitest'
import { figuresOf, peakPerSecond, type Stampede } from './herd-figures.js'

const evenly = (count: number, overMs: number, from = 0) =>
  Array.from({ length: count }, (_, at) => from + (at * overMs) / count)
/** 300 clients that come back over the 30 s that they were asked to take. */
const aStampede = (change: Partial<Stampede> = {}): Stampede => ({
  ...{ policy: 'parley', fault: 'drained', size: 300, windowMs: 30_000, lostAtMs: 0, upAtMs: 2_000 },
  ...{ dials: evenly(300, 30_000), syncs: evenly(300, 30_000, 50), backs: evenly(300, 30_000, 100) },
  ...change,
})
const missed = (change: Partial<Stampede>) => figuresOf(aStampede(change)).missed.map((text) => text.split(':')[0])

test('the peak is the busiest second, wherever it begins', () => {
  expect(peakPerSecond([0, 900, 1_100, 1_800, 1_850, 5_000])).toBe(4)
  expect(peakPerSecond([])).toBe(0)
})

test('a herd that comes back evenly misses no bound', () => {
  expect(figuresOf(aStampede())).toMatchObject({ peakDialsPerSecond: 10, dialsPerClient: 1, missed: [] })
})

test('what was before the loss does not count', () => {
  expect(missed({ dials: [...evenly(300, 10, -100), ...evenly(300, 30_000)] })).toEqual([])
})

test.each<[string, Partial<Stampede>]>([
  ['dials per second at the peak', { dials: evenly(300, 1_000) }],
  ['digests per second at the peak', { syncs: [...evenly(240, 500, 6_000), ...evenly(60, 30_000)] }],
  ['dials per client', { dials: evenly(601, 30_000) }],
  ['milliseconds until all are back', { backs: [...evenly(299, 30_000), 40_001] }],
  ['milliseconds until all are back', { backs: evenly(299, 30_000) }],
  ['milliseconds until 99 % are back', { fault: 'killed', backs: evenly(300, 33_000) }],
])('%s over the bound are told', (what, change) => {
  expect(missed(change)).toEqual([what])
})

test('the policy beside ours is measured and not judged', () => {
  expect(missed({ policy: 'plain', dials: evenly(300, 1) })).toEqual([])
})
