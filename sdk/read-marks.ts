import type { Call } from './api.js'
import type { Clock } from './clock.js'
import type { Receipt } from './protocol/conversation.js'
import { asChatError, isTransient, retryAfterMs } from './retry.js'
import type { Me } from './thread-items.js'

/** So many marks in one go, as reading comes in bursts. */
const COALESCE_MS = 400

/** Tells the server how far this person has read: the highest mark only, and again until it is known. */
export function markReader(
  { call, clock, random, me }: { call: Call; clock: Clock; random: () => number; me: () => Me | null },
  signal: AbortSignal,
  marked: (mark: Receipt) => void,
): { upTo(conversationId: string, seq: number, messageNo: number): void } {
  let place: string | null = null
  let asked = 0
  let told = 0
  let isRunning = false

  async function run() {
    isRunning = true
    for (let attempt = 0, waitMs = COALESCE_MS; told < asked;) {
      await clock.sleep(waitMs, signal)
      if (signal.aborted) return
      const seq = asked
      const conversationId = place!
      try {
        const body = { deliveredSeq: seq, readSeq: seq }
        marked(await call('PUT receipt', { names: { conversationId }, body, signal }))
        if (place === conversationId) told = seq
      } catch (caught) {
        const error = asChatError(caught)
        if (!isTransient(error)) told = seq
        waitMs = retryAfterMs(error, attempt++, random)
      }
    }
    isRunning = false
  }

  return {
    upTo(conversationId, seq, messageNo) {
      const actor = me()
      if (!actor || (place === conversationId && seq <= asked)) return
      if (place !== conversationId) told = 0
      place = conversationId
      asked = seq
      marked({ conversationId, actor, deliveredSeq: seq, readSeq: seq, readMessageNo: messageNo })
      if (!isRunning) void run()
    },
  }
}
