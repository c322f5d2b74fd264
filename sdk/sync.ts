import type { Call } from './api.js'
import { childOf } from './child-of.js'
import type { Surroundings } from './defaults.js'
import type { ConversationHead } from './protocol/conversation.js'
import { MAX_SYNC_OPEN, type SyncAnswer, type SyncLog, type SyncRequest } from './protocol/sync.js'
import { asChatError, isTransient, retryAfterMs } from './retry.js'

/** Until the server says how long. */
const QUIET_MS = 45_000
const HIDDEN_QUIET_MS = 300_000
/** Two thirds to four thirds of the time: not everybody at once. */
const LEAST_OF_QUIET = 2 / 3
/** In sight and undisturbed, nobody asks twice within it. */
export const LEAST_QUIET_MS = QUIET_MS * LEAST_OF_QUIET

/** One digest for all that ask for one at about the same time. */
export interface Sync {
  /** Asks what changed. Whoever calls while one is under way gets another, begun after the call. */
  now(signal?: AbortSignal): Promise<void>
  /** The same in 20 to 80 ms, unless `isNeeded` says by then that there is no need; again and again until it works. */
  soon(isNeeded?: () => boolean): void
  /** Asks, and with nothing new waits up to `waitMs` for something. */
  poll(waitMs: number, signal: AbortSignal): Promise<void>
  /** When to ask again if nothing happens; where nobody looks that is less often. */
  quietMs(isSeen: boolean): number
  /** What an act was answered by: a list that was read before it, and is answered after it, does not take it back. */
  learnt(head: ConversationHead): void
  reconnectWindowMs(): number
  forget(): void
}

export function createSync(options: {
  surroundings: Surroundings
  call: Call
  /** Cursors of the logs to ask for. */
  open: () => SyncRequest['open']
  apply: (answer: SyncAnswer) => void
  signal: AbortSignal
}): Sync {
  const { call, surroundings } = options
  const { clock, random } = surroundings
  let cursor: string | null = null
  let life = childOf(options.signal)
  let quietMs = QUIET_MS
  let windowMs = 1_000
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  let polling: AbortController | null = null
  let soon: (() => boolean)[] | null = null
  let learnt: ConversationHead[] = []

  async function ask(waitMs: number, signal?: AbortSignal) {
    let rest = options.open()
    do {
      const open = rest.slice(0, MAX_SYNC_OPEN)
      const isRewound = ({ conversationId, head, internalHead }: SyncLog) =>
        open.some(
          (asked) => asked.conversationId === conversationId && (asked.seq > head || asked.internalSeq! > internalHead),
        )
      rest = rest.slice(MAX_SYNC_OPEN)
      learnt = []
      const answer = await call('POST sync', {
        body: { cursor, open, waitMs: rest.length ? 0 : waitMs },
        waitMs,
        signal,
      })
      if (signal?.aborted) return
      if (answer.reset) answer.heads.push(...learnt)
      cursor = answer.cursor
      quietMs = answer.syncAfterMs
      windowMs = answer.reconnectWindowMs
      // a log shorter than what we had of it when we asked is another one, whatever its epoch says
      options.apply({ ...answer, open: answer.open.map((log) => (isRewound(log) ? { ...log, epoch: '' } : log)) })
      const unfinished = new Set(
        answer.open.filter(({ hasMore }) => hasMore).map(({ conversationId }) => conversationId),
      )
      rest = [...options.open().filter(({ conversationId }) => unfinished.has(conversationId)), ...rest]
    } while (rest.length)
  }

  function now(signal: AbortSignal = life.signal): Promise<void> {
    // a poll that waits does not know of what is asked now
    polling?.abort()
    if (running) return (next ??= running.catch(() => {}).then(() => now(signal)))
    next = null
    running = ask(0, signal).finally(() => {
      running = null
    })
    return running
  }

  function askSoon(isNeeded: () => boolean, waitMs: number, attempt: number) {
    if (soon) return void soon.push(isNeeded)
    const asked = (soon = [isNeeded])
    const { signal } = life
    const isStill = () => !signal.aborted && asked.some((needed) => needed())
    void clock.sleep(waitMs, signal).then(() => {
      if (signal.aborted) return
      soon = null
      if (!isStill()) return
      now().catch((caught: unknown) => {
        const error = asChatError(caught)
        if (isTransient(error) && isStill()) askSoon(isStill, retryAfterMs(error, attempt, random), attempt + 1)
      })
    })
  }

  return {
    now,
    soon: (isNeeded = () => true) => askSoon(isNeeded, 20 + random() * 60, 0),
    async poll(waitMs, signal) {
      await running?.catch(() => {})
      const asking = (polling = childOf(signal))
      try {
        await ask(waitMs, asking.signal)
      } catch (error) {
        if (signal.aborted || !asking.signal.aborted) throw error
        // called off for a fresh digest: wait for that instead
        await running
      } finally {
        asking.abort()
        if (polling === asking) polling = null
      }
    },
    quietMs: (isSeen) => (isSeen ? quietMs : HIDDEN_QUIET_MS) * (LEAST_OF_QUIET + random() * LEAST_OF_QUIET),
    learnt: (head) => void learnt.push(head),
    reconnectWindowMs: () => windowMs,
    forget() {
      life.abort()
      life = childOf(options.signal)
      cursor = soon = null
    },
  }
}
