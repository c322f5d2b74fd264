import type { Thread, ThreadItem } from '../sdk/index.js'

const seqOf = (item: ThreadItem | undefined) =>
  item?.kind === 'message' ? item.message.seq : item?.kind === 'activity' ? item.event.seq : 0

/** What came to the end of a thread since it was as `before`; nothing of what was there already when it was opened. */
export function newsOf(before: Thread | null, now: Thread | null): ThreadItem[] {
  if (!before || !now || before.isLoading || !isSame(before, now)) return []
  // a draft stands behind whatever comes while it waits
  const newest = seqOf(before.items.findLast(({ kind }) => kind !== 'draft'))
  const from = now.items.findLastIndex((item) => item.kind !== 'draft' && seqOf(item) <= newest) + 1
  return now.items.slice(from).filter(({ kind }) => kind !== 'draft')
}

/** A new conversation gets its id with its first message, which keeps its key. */
export function isSame(before: Thread, now: Thread): boolean {
  if (before.conversationId === now.conversationId) return true
  const [begun] = before.items
  return before.conversationId === null && !!begun && now.items.some(({ key }) => key === begun.key)
}
