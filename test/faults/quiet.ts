import { systemClock } from '../../sdk/clock.js'
import type { ClientRecord } from './history.js'
import { ROUTINE } from './invariants-of-clients.js'
import type { Witness } from './witness.js'

/** So long after the last thing that was not routine, what the storm left undone is done: a refused topic is asked for 10 s later. */
const LULL_MS = 12_000
const LOOK_MS = 100

/** One whose questions are counted. */
export interface Idler {
  witness: Pick<Witness, 'asked' | 'isHearing'>
  isLive(): boolean
}

/**
 * What each asks in `ms` of doing nothing, which begin when all are live, hear all that they joined, and have nothing
 * left to do. Who never comes to that within `patienceMs` is counted all the same.
 */
export async function countIdle(
  idlers: readonly Idler[],
  { ms, patienceMs }: { ms: number; patienceMs: number },
): Promise<NonNullable<ClientRecord['idle']>[]> {
  const busyness = () =>
    idlers
      .flatMap(({ witness }) => [...witness.asked])
      .reduce((sum, [kind, times]) => sum + (kind in ROUTINE ? 0 : times.length), 0)
  const startedAt = performance.now()
  let busy = busyness()
  for (let calmAt = startedAt; performance.now() - calmAt < LULL_MS;) {
    if (performance.now() - startedAt > patienceMs) break
    await systemClock.sleep(LOOK_MS)
    if (busy === busyness() && idlers.every((idler) => idler.isLive() && idler.witness.isHearing())) continue
    busy = busyness()
    calmAt = performance.now()
  }
  const from = performance.now()
  await systemClock.sleep(ms)
  const idleMs = performance.now() - from
  return idlers.map(({ witness }) => ({ asked: since(from, witness.asked), ms: idleMs }))
}

/** How long after `from`, in whole milliseconds. */
function since(from: number, asked: Witness['asked']): Record<string, number[]> {
  const later = [...asked].map(([kind, times]) => {
    return [kind, times.filter((at) => at >= from).map((at) => Math.round(at - from))] as const
  })
  return Object.fromEntries(later.filter(([, times]) => times.length))
}
