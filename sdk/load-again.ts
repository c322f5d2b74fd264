import { childOf } from './child-of.js'
import type { Clock } from './clock.js'
import type { ChatError } from './protocol/errors.js'
import { isTransient, retryAfterMs } from './retry.js'

/** To be told how each load ended: after a failure that may pass it loads again, ever later. */
export function loadAgain(
  { clock, random, signal }: { clock: Clock; random: () => number; signal: AbortSignal },
  load: () => unknown,
): (failure: ChatError | null) => void {
  let failures = 0
  let nap: AbortController | null = null
  return (failure) => {
    nap?.abort()
    if (!failure || !isTransient(failure)) return void (failures = 0)
    const napping = (nap = childOf(signal))
    void clock
      .sleep(retryAfterMs(failure, failures++, random), napping.signal)
      .then(() => napping.signal.aborted || load())
  }
}
