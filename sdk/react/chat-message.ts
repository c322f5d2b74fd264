import type { Actor, ChatError, Message, ShownReaction, ThreadItem } from '../index.js'

/** A message as a view shows it, stored or on its way; the same object until something in it changes. */
export interface ChatMessage {
  /** Stable: stays when the message is stored. For `key` in a list, and for `retry` and `discard`. */
  key: string
  /** Null until stored. */
  id: string | null
  /** Empty once deleted. */
  body: string
  author: Actor
  own: boolean
  /** How far an own message came; the other side's are always `sent`. */
  state: 'queued' | 'sending' | 'failed' | 'sent' | 'delivered' | 'read'
  /** ISO 8601; null until stored. */
  createdAt: string | null
  reactions: readonly ShownReaction[]
  /** What it answers; null where it answers nothing, or nothing that is loaded. */
  quoted: Message | null
  editedAt: string | null
  deletedAt: string | null
  /** Why it failed, or why it waits for another attempt. */
  error: ChatError | null
}

const NONE: readonly ShownReaction[] = []
const known = new WeakMap<ThreadItem, ChatMessage>()

/** The messages of a thread, stored ones first. `me` is the author of what is on its way. */
export function messagesOf(items: readonly ThreadItem[], me: Actor): ChatMessage[] {
  return items.flatMap((item) => {
    if (item.kind === 'activity') return []
    if (item.kind === 'draft') return [ofDraft(item, me)]
    const message = known.get(item) ?? ofStored(item)
    known.set(item, message)
    return [message]
  })
}

function ofStored(item: Extract<ThreadItem, { kind: 'message' }>): ChatMessage {
  const { key, own, state, quoted = null, reactions = NONE } = item
  const { id, body, author, createdAt, editedAt = null, deletedAt = null } = item.message
  return { key, id, body, author, own, state, createdAt, reactions, quoted, editedAt, deletedAt, error: null }
}

function ofDraft(item: Extract<ThreadItem, { kind: 'draft' }>, author: Actor): ChatMessage {
  const { key, body, state, error, quoted = null } = item
  const unwritten = { id: null, createdAt: null, editedAt: null, deletedAt: null, reactions: NONE }
  return { ...unwritten, key, body, author, own: true, state, quoted, error }
}
