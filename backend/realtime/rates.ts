/** Counts in windows; the first call after one has passed starts the next. */
export interface Rate {
  /** Counts `count`; false once the window holds more than it may. */
  take(count?: number, now?: number): boolean
  /** How many more fit. */
  left(now?: number): number
}

const UNCOUNTED: Rate = { take: () => true, left: () => Infinity }

/** At most `max` in each `windowMs`; `Infinity` counts nothing. */
export function createRate(max: number, windowMs: number): Rate {
  if (max === Infinity) return UNCOUNTED
  let startedAt = -Infinity
  let taken = 0
  const turn = (now: number) => {
    if (now - startedAt < windowMs) return
    startedAt = now
    taken = 0
  }
  return {
    take(count = 1, now = Date.now()) {
      turn(now)
      taken += count
      return taken <= max
    },
    left(now = Date.now()) {
      turn(now)
      return Math.max(0, max - taken)
    },
  }
}

/** A rate for each key. All are forgotten together, so that nothing is kept of who is gone. */
export function createRates(max: number, windowMs: number): (key: string, now?: number) => Rate {
  const rates = new Map<string, Rate>()
  let startedAt = -Infinity
  return (key, now = Date.now()) => {
    if (now - startedAt >= windowMs) {
      startedAt = now
      rates.clear()
    }
    const rate = rates.get(key) ?? createRate(max, windowMs)
    rates.set(key, rate)
    return rate
  }
}
