import { setTimeout as sleep } from 'node:timers/promises'

/** How long one waits for those who are to say where they stand. */
const PATIENCE_MS = 10_000

/** The work's result. @throws {Error} that says where everybody stands when it takes longer than `ms` */
export async function withinTime<T>(work: Promise<T>, ms: number, standing: () => Promise<string[]>): Promise<T> {
  const ended = new AbortController()
  const late = sleep(ms, 'late' as const, { signal: ended.signal }).catch(() => 'ended' as const)
  try {
    const first = await Promise.race([work.then((result) => ({ result })), late])
    if (typeof first === 'object') return first.result
    const silent = sleep(PATIENCE_MS, ['a worker does not even say where it stands'], { signal: ended.signal })
    const lines = await Promise.race([standing(), silent])
    throw new Error(`the round stands still after ${ms / 1_000} s\n  ${lines.join('\n  ')}`)
  } finally {
    ended.abort()
  }
}
