import { type Clock, onAbort } from '../../sdk/clock.js'

export interface FakeClock extends Clock {
  /** Lets this much time go by, waking sleepers in order, each before the next. */
  advance(ms: number): Promise<void>
}

/** Lets everything that waits for nothing but its turn have it. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

export function fakeClock(): FakeClock {
  let now = 1_000_000
  let sleepers: { at: number; wake: () => void }[] = []
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const sleeper = { at: now + ms, wake: resolve }
        sleepers.push(sleeper)
        onAbort(signal, () => {
          sleepers = sleepers.filter((other) => other !== sleeper)
          resolve()
        })
      }),
    async advance(ms) {
      const until = now + ms
      await settled()
      for (;;) {
        const next = sleepers.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0]
        if (!next) break
        now = Math.max(now, next.at)
        sleepers = sleepers.filter((other) => other !== next)
        next.wake()
        await settled()
      }
      now = until
      await settled()
    },
  }
}
