import type { Tokens } from './api.js'
import type { Clock } from './clock.js'
import { ChatError } from './protocol/errors.js'
import type { TokenGrant } from './protocol/session.js'

/** A token this near its end is not handed out. */
const MARGIN_MS = 5_000

export interface SessionKeeper<S> extends Tokens {
  /** The session, with a token that is good for a while. */
  current(): Promise<S>
  /** Goes on with a session that was taken otherwise, whosever it is. */
  adopt(session: S): void
  forget(): void
}

/**
 * Holds a session and renews it when someone asks past 75 % of its token's life (± 10 %), once for all who
 * ask at the same time. While the old token is good, a failed renewal is nobody's trouble.
 */
export function keepSession<S extends TokenGrant>(options: {
  take: () => Promise<S>
  /** Whose session it is, by every id that they have had, the one of now first; it must stay the same person's. */
  personOf: (session: S) => readonly string[]
  taken: (session: S) => void
  clock: Clock
  random: () => number
}): SessionKeeper<S> {
  const { clock, random } = options
  let held: { session: S; dueAt: number; endsAt: number } | null = null
  let taking: Promise<S> | null = null
  let generation = 0

  async function take(): Promise<S> {
    const mine = generation
    const session = await options.take()
    if (mine !== generation) throw new ChatError('aborted', 'unable to take a session; it was called off')
    if (held && !options.personOf(session).includes(options.personOf(held.session)[0]!))
      throw new ChatError('user_changed', 'unable to renew the session; it is now another person')
    hold(session)
    return session
  }

  function hold(session: S) {
    const lifeMs = session.expiresInSeconds * 1000
    const now = clock.now()
    held = { session, dueAt: now + lifeMs * (0.65 + random() * 0.2), endsAt: now + lifeMs - MARGIN_MS }
    options.taken(session)
  }

  function renewed(): Promise<S> {
    const started = (taking ??= take().finally(() => {
      if (taking === started) taking = null
    }))
    return started
  }

  async function current(): Promise<S> {
    if (held && clock.now() < held.dueAt) return held.session
    const before = held
    return renewed().catch((error: unknown) => {
      if (before && before === held && clock.now() < before.endsAt) return before.session
      throw error
    })
  }

  return {
    current,
    token: async () => (await current()).accessToken,
    async renew(refused) {
      if (held && held.session.accessToken !== refused) return held.session.accessToken
      return (await renewed()).accessToken
    },
    adopt(session) {
      generation++
      taking = null
      hold(session)
    },
    forget() {
      generation++
      held = taking = null
    },
  }
}
