import type { Actor } from './protocol/actor.js'
import type { ConversationHead, Receipt } from './protocol/conversation.js'
import type { ChatError } from './protocol/errors.js'
import type { ChatEvent } from './protocol/events.js'
import type { Message } from './protocol/message.js'
import type { PendingDraft, ThreadState } from './thread.js'

/** One line of a thread. `key` is stable: a draft and the message it becomes have the same. */
export type ThreadItem =
  | { kind: 'message'; key: string; message: Message; state: 'sent'; own: boolean }
  | {
      kind: 'draft'
      key: string
      body: string
      state: 'queued' | 'sending' | 'failed'
      /** Why it failed, or why it waits for another attempt. */
      error: ChatError | null
      own: true
    }
  | { kind: 'activity'; key: string; event: ChatEvent }

/** A conversation as it is to be shown. */
export interface Thread {
  conversationId: string | null
  head: ConversationHead | null
  /** By `seq`; what is on its way comes last. */
  items: ThreadItem[]
  receipts: Receipt[]
  hasEarlier: boolean
  isLoading: boolean
  isLoadingEarlier: boolean
  error: ChatError | null
}

export interface LoadingState {
  isLoading: boolean
  isLoadingEarlier: boolean
  error: ChatError | null
}

export type Me = Pick<Actor, 'type' | 'id'>

export const isSame = (me: Me | null, actor: Pick<Actor, 'type' | 'id'>): boolean =>
  me !== null && actor.id === me.id && actor.type === me.type

// unchanged content keeps its item, so that a view need not look into it again
const items = new WeakMap<object, ThreadItem>()
function itemOf<T extends object>(content: T, make: (content: T) => ThreadItem): ThreadItem {
  const item = items.get(content) ?? make(content)
  items.set(content, item)
  return item
}

export function toThread(state: ThreadState, me: Me | null, loading: LoadingState): Thread {
  const messageItem = (message: Message): ThreadItem => {
    const own = isSame(me, message.author)
    return { kind: 'message', key: own ? message.idempotencyKey : message.id, message, state: 'sent', own }
  }
  const stored = [
    ...state.messages.map((message) => ({ seq: message.seq, item: itemOf(message, messageItem) })),
    ...state.activities
      .filter(({ type }) => type !== 'conversation.created' && !type.startsWith('message.'))
      .map((event) => ({ seq: event.seq, item: itemOf(event, activityItem) })),
  ].sort((one, other) => one.seq - other.seq)
  const shown = new Set(stored.map(({ item }) => item.key))
  const waiting = state.drafts.filter((draft) => !shown.has(draft.idempotencyKey))
  return {
    conversationId: state.conversationId,
    head: state.head,
    items: [...stored.map(({ item }) => item), ...waiting.map((draft) => itemOf(draft, draftItem))],
    receipts: [...state.receipts],
    hasEarlier: state.isAnchored && state.floor > 1,
    ...loading,
  }
}

const activityItem = (event: ChatEvent): ThreadItem => ({ kind: 'activity', key: `event-${event.seq}`, event })
const draftItem = ({ idempotencyKey, body, state, error }: PendingDraft): ThreadItem => ({
  kind: 'draft',
  key: idempotencyKey,
  body,
  state,
  error,
  own: true,
})
