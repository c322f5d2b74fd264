/** Where time comes from. Tests bring their own. */
export interface Clock {
  /** Milliseconds; never runs back, and can be compared with `Date.now()` where the machine's time is right. */
  now(): number
  /** Resolves after `ms`, or as soon as `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

const ends = new WeakMap<AbortSignal, Set<() => void>>()

/** Does `end` once `signal` aborts, unless the returned undo comes first. One listener does for all: Node warns of more than ten on a signal. */
export function onAbort(signal: AbortSignal | undefined, end: () => void): () => void {
  const all = (signal && ends.get(signal)) ?? new Set()
  if (signal && !ends.has(signal)) {
    ends.set(signal, all)
    signal.addEventListener('abort', () => all.forEach((one) => one()))
  }
  all.add(end)
  return () => all.delete(end)
}

export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        forget()
        resolve()
      }
      const timer = setTimeout(end, ms)
      const forget = onAbort(signal, end)
      if (signal?.aborted) end()
    }),
}

/** Works again and again, `waitMs()` apart, until `signal` aborts. */
export async function every(clock: Clock, waitMs: () => number, work: () => unknown, signal: AbortSignal) {
  for (;;) {
    await clock.sleep(waitMs(), signal)
    if (signal.aborted) return
    await work()
  }
}
