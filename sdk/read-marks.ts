import type { Call } from './api.js'
import type { Clock } from './clock.js'
import type { Receipt } from './protocol/conversation.js'
import { asChatError, isTransient, retryAfterMs } from './retry.js'
import type { Me } from './thread-items.js'
import type { ThreadState } from './thread.js'

/** So many marks in one go, as reading comes in bursts. */
const COALESCE_MS = 400

/** Tells the server what has come here and what was read: the highest marks only, and again until they are known. */
export function markReader(
  { call, clock, random, me }: { call: Call; clock: Clock; random: () => number; me: () => Me | null },
  signal: AbortSignal,
  marked: (mark: Receipt) => void,
): { upTo(state: ThreadState, isRead: boolean): void } {
  let asked: Receipt | null = null
  let isRunning = false

  async function run() {
    isRunning = true
    let told: Receipt | null = null
    for (let attempt = 0, waitMs = COALESCE_MS; told !== asked;) {
      await clock.sleep(waitMs, signal)
      if (signal.aborted) return
      const { conversationId, deliveredSeq, readSeq } = (told = asked!)
      try {
        const body = { deliveredSeq, readSeq }
        marked(await call('PUT receipt', { names: { conversationId }, body, signal }))
      } catch (caught) {
        const error = asChatError(caught)
        if (isTransient(error)) told = null
        waitMs = retryAfterMs(error, attempt++, random)
      }
    }
    isRunning = false
  }

  return {
    upTo({ conversationId, isAnchored, cursor, messages, receipts }, isRead) {
      const actor = me()
      if (!actor || !conversationId || !isAnchored) return
      const known = receipts.find((mark) => mark.actor.id === actor.id)
      const before = asked?.conversationId === conversationId ? asked : known
      const last = messages.at(-1)
      const read = isRead ? cursor : 0
      const delivered = Math.max(read, last?.seq ?? 0)
      if (before && before.deliveredSeq >= delivered && before.readSeq >= read) return
      asked = {
        conversationId,
        actor,
        deliveredSeq: Math.max(delivered, before?.deliveredSeq ?? 0),
        readSeq: Math.max(read, before?.readSeq ?? 0),
        readMessageNo: Math.max(isRead ? (last?.messageNo ?? 0) : 0, before?.readMessageNo ?? 0),
      }
      marked(asked)
      if (!isRunning) void run()
    },
  }
}
