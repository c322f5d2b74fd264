import { afterUpdate } from './after-update.js'
import type { Thread } from '../sdk/index.js'
import { lateTexts as texts } from './locale/late-texts.js'
import type { LatePanel } from './late-panel.js'

/** The first message of others that was not read when the conversation was opened; null where nothing was read before. */
function firstUnread({ items, receipts }: Thread): string | null {
  const readSeq = Math.max(0, ...receipts.map(({ actor, readSeq }) => (actor.type === 'contact' ? readSeq : 0)))
  if (!readSeq) return null
  return items.find((item) => item.kind === 'message' && !item.own && item.message.seq > readSeq)?.key ?? null
}

/** Draws a line above what was not read when the conversation came into sight. Call it before anything is told as read. */
export function markUnread(panel: LatePanel): () => void {
  const { thread } = panel
  let seen: unknown = null
  const mark = () => {
    const shown = thread.thread
    const isSeen = panel.isOpen ? panel.conversation : null
    if (isSeen && (!shown?.items.length || shown.isLoading)) return
    if (isSeen === seen) return
    seen = isSeen
    const key = isSeen && shown ? firstUnread(shown) : null
    thread.divider = key ? { key, text: texts.unreadLine } : null
  }
  return afterUpdate(thread, mark)
}
