import type { Conversation } from '../../sdk/index.js'
import type { ShownMessage, View } from './history.js'

/** Notes what a client shows of a conversation until the returned stop, and when that changed last. */
export function watchView(client: string, conversation: Conversation): Watch {
  const view: View = {
    client,
    conversationId: conversation.id!,
    shown: [],
    doubled: [],
    marks: [],
    isLeft: false,
    final: [],
    convergedMs: null,
  }
  const marks = new Map<string, string>()
  let last: number[] = []
  let changedAt = performance.now()

  function look() {
    const { items, receipts } = conversation.thread.getSnapshot()
    const list = items.flatMap((item) => (item.kind === 'message' ? [item.message.messageNo] : []))
    const firstOther = last.findIndex((no, at) => list[at] !== no)
    const kept = firstOther < 0 ? last.length : firstOther
    if (kept < last.length || kept < list.length) {
      view.shown.push({ kept, added: list.slice(kept) })
      changedAt = performance.now()
    }
    last = list
    const keys = items.map(({ key }) => key)
    if (new Set(keys).size < keys.length) view.doubled.push(...keys.filter((key, at) => keys.indexOf(key) !== at))
    for (const { actor, deliveredSeq, readSeq } of receipts) {
      const mark = `${readSeq} ${deliveredSeq}`
      const name = `${actor.type} ${actor.id}`
      if (marks.get(name) === mark) continue
      marks.set(name, mark)
      view.marks.push({ actor: name, deliveredSeq, readSeq })
    }
  }
  look()
  const stop = conversation.thread.subscribe(look)
  return { view, conversation, stop, changedAt: () => changedAt }
}

export interface Watch {
  view: View
  conversation: Conversation
  stop: () => void
  /** By `performance.now()`. */
  changedAt(): number
}

export const shownIn = (conversation: Conversation): ShownMessage[] =>
  conversation.thread.getSnapshot().items.flatMap((item) =>
    item.kind === 'message'
      ? [
          {
            seq: item.message.seq,
            messageNo: item.message.messageNo,
            key: item.message.idempotencyKey,
            body: item.message.body,
          },
        ]
      : [],
  )

/** Where a screen stands. */
export function standingOf({ view, conversation }: Watch): string {
  const { items, isLoading, error } = conversation.thread.getSnapshot()
  const last = items.findLast((item) => item.kind === 'message')
  const at = `${view.client} shows ${items.length} up to ${last?.message.seq ?? 'nothing'}`
  return [at, isLoading && 'loads', error?.message].filter(Boolean).join(', ')
}
