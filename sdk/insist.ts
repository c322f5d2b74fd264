import type { Clock } from './clock.js'
import { asChatError, isTransient, retryAfterMs } from './retry.js'

/** Asks again, which has to be safe, as long as the outcome is unknown. */
export async function insist<T>(
  { clock, random, signal }: { clock: Clock; random: () => number; signal: AbortSignal },
  ask: () => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask()
    } catch (caught) {
      const error = asChatError(caught)
      if (signal.aborted || !isTransient(error)) throw error
      await clock.sleep(retryAfterMs(error, attempt, random), signal)
    }
  }
}
