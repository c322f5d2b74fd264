/** Where time comes from. Tests bring their own. */
export interface Clock {
  /** Milliseconds; never runs back, and can be compared with `Date.now()` where the machine's time is right. */
  now(): number
  /** Resolves after `ms`, or as soon as `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const end = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      signal?.addEventListener('abort', end)
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

/** A controller that aborts with its parent, too. Abort it in the end, so that the parent forgets it. */
export function childOf(parent?: AbortSignal): AbortController {
  const child = new AbortController()
  const abort = () => child.abort()
  child.signal.addEventListener('abort', () => parent?.removeEventListener('abort', abort))
  if (parent?.aborted) abort()
  else parent?.addEventListener('abort', abort)
  return child
}
