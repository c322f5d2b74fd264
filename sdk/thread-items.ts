import type { Actor } from './protocol/actor.js'
import type { ConversationHead, Rating, Receipt } from './protocol/conversation.js'
import type { ChatError } from './protocol/errors.js'
import type { ChatEvent } from './protocol/events.js'
import type { Message } from './protocol/message.js'
import type { PendingDraft, ThreadState } from './thread.js'

/** One line of a thread. `key` is stable: a draft and the message it becomes have the same. */
export type ThreadItem =
  | {
      kind: 'message'
      key: string
      message: Message
      /** How far an own message came; the other side's are always `sent`. It never goes back. */
      state: 'sent' | 'delivered' | 'read'
      own: boolean
      /** What it answers; null when that is not loaded. Absent where it answers nothing. */
      quoted?: Message | null
      reactions?: ShownReaction[]
    }
  | {
      kind: 'draft'
      key: string
      body: string
      state: 'queued' | 'sending' | 'failed'
      /** Why it failed, or why it waits for another attempt. */
      error: ChatError | null
      own: true
      quoted?: Message | null
    }
  | { kind: 'activity'; key: string; event: ChatEvent }

/** One emoji on a message; `own` where this person is among those who put it there. */
export interface ShownReaction {
  emoji: string
  count: number
  own: boolean
}

/** A conversation as it is to be shown. */
export interface Thread {
  conversationId: string | null
  head: ConversationHead | null
  /** By `seq`; what is on its way comes last. */
  items: ThreadItem[]
  receipts: Receipt[]
  /** What the contact thought of the newest resolution; null until they say so, and once it is open again. */
  rating: Rating | null
  hasEarlier: boolean
  isLoading: boolean
  isLoadingEarlier: boolean
  /** Why the last load failed, until one works. What may pass is loaded again by itself, 0 to 0.5 s later and then ever less often, down to each 30 s. */
  error: ChatError | null
}

export interface LoadingState {
  isLoading: boolean
  isLoadingEarlier: boolean
  error: ChatError | null
}

export interface Me extends Pick<Actor, 'type' | 'id'> {
  /** Whom a visitor was before it was known who they are. */
  formerIds?: readonly string[]
}

/** A conversation has one contact, who may have been another visitor when they wrote. */
export const isSame = (me: Me | null, actor: Pick<Actor, 'type' | 'id'>): boolean =>
  me !== null && actor.type === me.type && (me.type === 'contact' || actor.id === me.id)

export const isOwnId = (me: Me | null, id: string): boolean => id === me?.id || !!me?.formerIds?.includes(id)

// unchanged content keeps its item, so that a view need not look into it again
const items = new WeakMap<object, { item: ThreadItem; progress: unknown; quoted: unknown }>()
/** `progress` and `quoted`: what else the item is made of. */
function itemOf(content: object, make: () => ThreadItem, quoted?: Message | null, progress?: string): ThreadItem {
  const known = items.get(content)
  if (known && known.quoted === quoted && known.progress === progress) return known.item
  const item = make()
  items.set(content, { item, progress, quoted })
  return item
}

const lists = new WeakMap<readonly Message[], { items: ThreadItem[]; around: readonly unknown[] }>()

/** What the server stored, by `seq`; the same list until something in it changes, for most news is of drafts and heads. */
function storedItems(state: ThreadState, me: Me | null, quotedBy: (answer: Message) => Message | null | undefined) {
  const { messages, wished, activities, receipts } = state
  const around = [wished, activities, receipts, me?.id]
  const known = lists.get(messages)
  if (known?.around.every((value, at) => value === around[at])) return known.items
  const others = receipts.filter(({ actor }) => actor.type !== me?.type)
  const readSeq = Math.max(0, ...others.map((mark) => mark.readSeq))
  const deliveredSeq = Math.max(0, ...others.map((mark) => mark.deliveredSeq))
  const messageItem = (message: Message): ThreadItem => {
    const own = isSame(me, message.author)
    const { seq } = message
    const progress = !own || seq > deliveredSeq ? 'sent' : seq > readSeq ? 'delivered' : 'read'
    const quoted = quotedBy(message)
    return itemOf(
      message,
      () => ({
        kind: 'message',
        key: own ? message.idempotencyKey : message.id,
        message,
        state: progress,
        own,
        quoted,
        reactions: message.reactions?.map(({ emoji, actorIds }) => ({
          emoji,
          count: actorIds.length,
          own: actorIds.some((id) => isOwnId(me, id)),
        })),
      }),
      quoted,
      progress,
    )
  }
  const items = [
    ...messages.map((message) => ({ seq: message.seq, item: messageItem(wished.get(message.id) ?? message) })),
    ...activities
      .filter(({ type }) => type !== 'conversation.created' && !type.startsWith('message.'))
      .map((event) => ({ seq: event.seq, item: itemOf(event, () => activityItem(event)) })),
  ]
    .sort((one, other) => one.seq - other.seq)
    .map(({ item }) => item)
  lists.set(messages, { items, around })
  return items
}

export function toThread(state: ThreadState, me: Me | null, loading: LoadingState): Thread {
  const { messages, wished, drafts } = state
  const quotedBy = ({ replyToId: id }: { replyToId?: string }) =>
    id ? (wished.get(id) ?? messages.find((message) => message.id === id) ?? null) : undefined
  const stored = storedItems(state, me, quotedBy)
  const draftItem = (draft: PendingDraft): ThreadItem => {
    const { idempotencyKey: key, body, state, error } = draft
    const quoted = quotedBy(draft)
    return itemOf(draft, () => ({ kind: 'draft', key, body, state, error, own: true, quoted }), quoted)
  }
  const waiting = drafts.filter(({ idempotencyKey }) => stored.every(({ key }) => key !== idempotencyKey))
  return {
    conversationId: state.conversationId,
    head: state.head,
    items: [...stored, ...waiting.map(draftItem)],
    receipts: [...state.receipts],
    rating: state.activities.reduce(ratingAfter, null),
    hasEarlier: state.isAnchored && state.floor > 1,
    ...loading,
  }
}

const ratingAfter = (before: Rating | null, { type, data }: ChatEvent): Rating | null =>
  type === 'conversation.rated' ? data : type === 'conversation.status_changed' ? null : before

const activityItem = (event: ChatEvent): ThreadItem => ({ kind: 'activity', key: `event-${event.seq}`, event })
