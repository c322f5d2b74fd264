import { systemClock } from '../../sdk/clock.js'
import type { ClientRecord } from './history.js'
import { ROUTINE } from './invariants-of-clients.js'
import type { Witness } from './witness.js'

/** So long after the last thing that was not routine, what the storm left undone is done: a topic is joined again 10 s late. */
const LULL_MS = 12_000
const LOOK_MS = 100

/** One whose questions are counted. */
export interface Idler {
  witness: Pick<Witness, 'asked'>
  isLive(): boolean
}

/**
 * What each asks in `ms` of doing nothing, which begin when all are live and have nothing left to do. Who never comes
 * to that within `patienceMs` is counted all the same.
 */
export async function countIdle(
  idlers: readonly Idler[],
  { ms, patienceMs }: { ms: number; patienceMs: number },
): Promise<NonNullable<ClientRecord['idle']>[]> {
  const busyness = () =>
    idlers.flatMap(({ witness }) => [...witness.asked]).reduce((sum, [kind, n]) => sum + (kind in ROUTINE ? 0 : n), 0)
  const startedAt = performance.now()
  let busy = busyness()
  for (let calmAt = startedAt; performance.now() - calmAt < LULL_MS;) {
    if (performance.now() - startedAt > patienceMs) break
    await systemClock.sleep(LOOK_MS)
    if (busy === busyness() && idlers.every((idler) => idler.isLive())) continue
    busy = busyness()
    calmAt = performance.now()
  }
  const before = idlers.map(({ witness }) => new Map(witness.asked))
  const from = performance.now()
  await systemClock.sleep(ms)
  const idleMs = performance.now() - from
  return idlers.map(({ witness }, at) => ({ asked: since(before[at]!, witness.asked), ms: idleMs }))
}

function since(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): Record<string, number> {
  const more = [...now].map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)] as const)
  return Object.fromEntries(more.filter(([, count]) => count > 0))
}
