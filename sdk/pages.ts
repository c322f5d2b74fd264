import type { Call } from './api.js'
import type { Clock } from './clock.js'
import { insist } from './insist.js'
import type { ConversationDetail } from './protocol/routes.js'
import { applyEvent, applyHead, applyReceipts, forgetLog, isOtherEpoch, type ThreadState } from './thread.js'
import { applyPage } from './thread-page.js'

const PAGE = 50

/** The window of a conversation, as those who fill it see it. */
interface ThreadWindow {
  call: Call
  clock: Clock
  random: () => number
  signal: AbortSignal
  state(): ThreadState
  update(next: ThreadState): void
}

/** Brings the newest page, with whatever else tells how the conversation stands; null when it moved on meanwhile. */
export async function loadNewest(window: ThreadWindow): Promise<ConversationDetail | null> {
  const { call, signal } = window
  const { conversationId } = window.state()
  const names = { conversationId: conversationId! }
  const [detail, page] = await Promise.all([
    call('GET conversation', { names, signal }),
    call('GET messages', { names, query: { limit: PAGE }, signal }),
  ])
  const state = window.state()
  if (state.conversationId !== conversationId) return null
  const base = isOtherEpoch(state, page) ? forgetLog(state) : state
  window.update(applyReceipts(applyHead(applyPage(base, page, true), detail.head), detail.receipts))
  // whatever is not a message: fetched only where there is more than the beginning
  if (page.head > page.items.length + 1) await loadActivities(window)
  return detail
}

/** Brings the page that ends where the window begins. */
export async function loadEarlier(window: ThreadWindow): Promise<void> {
  const { call, signal } = window
  const { conversationId, floor } = window.state()
  const query = { beforeSeq: floor, limit: PAGE }
  const page = await call('GET messages', { names: { conversationId: conversationId! }, query, signal })
  if (window.state().conversationId !== conversationId) return
  window.update(applyPage(window.state(), page, false))
  await loadActivities(window)
}

/** The messages are there already and nobody would ask for these again. */
async function loadActivities(window: ThreadWindow) {
  const { call, signal, state, update } = window
  const { conversationId, floor } = state()
  const query = { after: floor - 1, limit: 200 }
  const page = await insist(window, () =>
    call('GET events', { names: { conversationId: conversationId! }, query, signal }),
  )
  update(page.items.reduce(applyEvent, state()))
}
