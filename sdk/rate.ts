import type { Call } from './api.js'
import type { Clock } from './clock.js'
import { randomKey } from './defaults.js'
import type { insist } from './insist.js'
import { applyEvent, type ThreadState } from './thread.js'

/** What of a conversation its rating needs. */
interface Desk {
  insist: typeof insist
  call: Call
  clock: Clock
  random: () => number
  signal: AbortSignal
  state: () => ThreadState
  update: (next: ThreadState) => void
}

/** Rates the newest resolution, or rates it again. */
export async function rate(desk: Desk, { score, comment }: { score: number; comment?: string }): Promise<void> {
  const { call, insist, signal, state, update } = desk
  const names = { conversationId: state().conversationId ?? '' }
  const body = { idempotencyKey: randomKey(), score, comment }
  const event = await insist(desk, () => call('POST rating', { names, body, signal }))
  update(applyEvent(state(), event))
}
