import type { Clock } from '../../../sdk/clock.js'

/** Time that passes only when it is told to, the same way in every run. */
export interface VirtualTime extends Clock {
  /** Does this in so many milliseconds, unless the returned undo comes first. */
  after(ms: number, work: () => void): () => void
  /** Lets time go by until `isDone`, at most so long. Resolves with the milliseconds that went by. */
  run(ms: number, isDone?: () => boolean): Promise<number>
  /** Puts the timers of the runtime under this time, for libraries that ask no one; until the returned undo. */
  install(): () => void
}

const turn = setImmediate

interface Due {
  at: number
  work: () => void
}

export function virtualTime(): VirtualTime {
  let now = 1_700_000_000_000
  const due = new Map<number, Due>()
  let ids = 0

  function plan(ms: number, work: () => void): number {
    due.set(++ids, { at: now + Math.max(0, ms || 0), work })
    return ids
  }
  function earliest(): [number, Due] | null {
    let found: [number, Due] | null = null
    // a map keeps its order, so of two at the same time the first that was asked for comes first
    for (const entry of due) if (!found || entry[1].at < found[1].at) found = entry
    return found
  }
  /** Whatever waits for nothing but its turn has it. */
  const settle = () => new Promise<void>((resolve) => turn(() => resolve()))

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const end = () => {
          due.delete(id)
          signal?.removeEventListener('abort', end)
          resolve()
        }
        const id = plan(ms, end)
        signal?.addEventListener('abort', end)
      }),
    after(ms, work) {
      const id = plan(ms, work)
      return () => due.delete(id)
    },
    async run(ms, isDone = () => false) {
      const from = now
      for (;;) {
        await settle()
        const next = earliest()
        if (isDone()) return now - from
        if (!next || next[1].at > from + ms) break
        due.delete(next[0])
        now = next[1].at
        next[1].work()
      }
      now = from + ms
      return ms
    },
    install() {
      const kept = { setTimeout, clearTimeout, setInterval, clearInterval }
      const repeat = (work: () => void, ms: number) => {
        const id = plan(ms, function again() {
          due.set(id, { at: now + ms, work: again })
          work()
        })
        return id
      }
      const clear = (id: number | undefined) => void due.delete(id ?? 0)
      Object.assign(globalThis, {
        setTimeout: (work: (...args: unknown[]) => void, ms: number, ...args: unknown[]) =>
          plan(ms, () => work(...args)),
        setInterval: repeat,
        clearTimeout: clear,
        clearInterval: clear,
      })
      return () => void Object.assign(globalThis, kept)
    },
  }
}
