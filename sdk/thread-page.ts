import type { MessagePage } from './protocol/routes.js'
import { drain, isOtherEpoch, type ThreadState, withMessage } from './thread.js'

/** Folds in a page of messages: the newest, or one that ends where the window begins. */
export function applyPage(state: ThreadState, page: MessagePage, isNewest: boolean): ThreadState {
  if (isOtherEpoch(state, page)) return state
  const pageFloor = page.hasMore ? Math.min(page.items[0]?.seq ?? 1, page.head + 1) : 1
  const floor = state.isAnchored ? Math.min(state.floor, pageFloor) : pageFloor
  const next = {
    ...state,
    epoch: page.epoch,
    isAnchored: true,
    floor,
    cursor: isNewest ? Math.max(state.cursor, page.head) : state.cursor,
    known: Math.max(state.known, page.head),
    messages: [...page.items, ...state.below.filter(({ seq }) => seq >= floor)].reduce(withMessage, state.messages),
    below: state.below.filter(({ seq }) => seq < floor),
  }
  return drain(next)
}
