import { ChatError } from '../../sdk/protocol/index.js'

/** A bucket holds `burst` acts and refills by `perSecond`. */
export interface Rate {
  burst: number
  perSecond: number
}
type Payer = 'contact' | 'agent' | 'address' | 'inbox' | 'account'
export type RateName = 'session' | 'refresh' | 'badge' | 'signIn' | 'read' | 'write' | 'sync' | 'presence' | 'export'
export type Rates = Record<RateName, Partial<Record<Payer, Rate>>>

/** Wide enough for a fast hand, a catch-up after a reconnect and an office behind one address. */
export const defaultRates: Rates = {
  session: { address: { burst: 60, perSecond: 1 }, inbox: { burst: 1_000, perSecond: 50 } },
  refresh: { address: { burst: 300, perSecond: 20 } },
  badge: { address: { burst: 300, perSecond: 20 } },
  signIn: { address: { burst: 20, perSecond: 0.2 }, account: { burst: 10, perSecond: 0.05 } },
  read: { contact: { burst: 100, perSecond: 10 }, agent: { burst: 300, perSecond: 30 } },
  write: {
    contact: { burst: 60, perSecond: 2 },
    agent: { burst: 200, perSecond: 20 },
    address: { burst: 600, perSecond: 60 },
    inbox: { burst: 2_000, perSecond: 1_000 },
  },
  sync: { contact: { burst: 60, perSecond: 5 }, agent: { burst: 120, perSecond: 10 } },
  // all that somebody ever wrote, in one answer
  export: { contact: { burst: 5, perSecond: 0.01 }, inbox: { burst: 100, perSecond: 1 } },
  // one tab asks four times a minute
  presence: { contact: { burst: 20, perSecond: 1 }, agent: { burst: 40, perSecond: 2 } },
}

const MAX_BUCKETS = 50_000

/** Token buckets of this process. What has to hold across processes is checked in the write functions. */
export class Buckets {
  readonly #rates: Rates
  readonly #now: () => number
  readonly #levels = new Map<string, { level: number; at: number }>()

  constructor(rates: Rates = defaultRates, now: () => number = Date.now) {
    this.#rates = rates
    this.#now = now
  }

  /** Takes one act from each payer's bucket. @throws {ChatError} `rate_limited`, with when to come back */
  take(name: RateName, payers: Partial<Record<Payer, string>>): void {
    for (const [payer, rate] of Object.entries(this.#rates[name]) as [Payer, Rate][]) {
      const id = payers[payer]
      if (!id) continue
      const waitMs = this.#takeOne(`${name} ${payer} ${id}`, rate)
      if (waitMs > 0)
        throw new ChatError('rate_limited', 'unable to go on at this pace; wait as long as Retry-After says', {
          retryAfterMs: waitMs,
        })
    }
  }

  #takeOne(key: string, { burst, perSecond }: Rate): number {
    const now = this.#now()
    const last = this.#levels.get(key) ?? { level: burst, at: now }
    const level = Math.min(burst, last.level + ((now - last.at) / 1000) * perSecond)
    const allowed = level >= 1
    // deleted first, so that the map's order is by last use and the oldest can go
    this.#levels.delete(key)
    this.#levels.set(key, { level: allowed ? level - 1 : level, at: now })
    if (this.#levels.size > MAX_BUCKETS) this.#levels.delete(this.#levels.keys().next().value!)
    return allowed ? 0 : Math.ceil(((1 - level) / perSecond) * 1000)
  }
}
