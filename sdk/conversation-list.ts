import type { ConversationHead, Receipt } from './protocol/conversation.js'
import type { ChatError } from './protocol/errors.js'
import { isSame, type Me } from './thread-items.js'
import { laterMark, newerHead } from './thread.js'

export type ListedConversation = ConversationHead & {
  /** Messages this person has not read. */
  unread: number
}

export interface ConversationList {
  /** Newest activity first. */
  items: ListedConversation[]
  isLoading: boolean
  /** Why the last load failed, until one works: tried again by itself where that may help. */
  error: ChatError | null
}

/** Every head this client knows of, and this person's own marks, by conversation. */
export interface ListState {
  readonly heads: ReadonlyMap<string, ConversationHead>
  readonly marks: ReadonlyMap<string, Receipt>
}

export const emptyList: ListState = { heads: new Map(), marks: new Map() }

/** Folds in heads by the higher `seq`. Order and repetition do not matter. */
export function applyHeads(state: ListState, heads: readonly ConversationHead[]): ListState {
  const next = new Map(state.heads)
  for (const head of heads) next.set(head.conversationId, newerHead(next.get(head.conversationId), head))
  const isNews = heads.some(({ conversationId }) => next.get(conversationId) !== state.heads.get(conversationId))
  return isNews ? { ...state, heads: next } : state
}

/** Folds in this person's own marks, by max. */
export function applyMarks(state: ListState, receipts: readonly Receipt[]): ListState {
  const next = new Map(state.marks)
  for (const mark of receipts) {
    const known = next.get(mark.conversationId)
    next.set(mark.conversationId, known ? laterMark(known, mark) : mark)
  }
  const isNews = receipts.some(({ conversationId }) => next.get(conversationId) !== state.marks.get(conversationId))
  return isNews ? { ...state, marks: next } : state
}

/** Who writes has read: one's own newest message leaves nothing unread before it. */
function unreadOf(state: ListState, head: ConversationHead, me: Me | null): number {
  if (head.lastMessage && isSame(me, head.lastMessage.author)) return 0
  return Math.max(0, head.messageNo - (state.marks.get(head.conversationId)?.readMessageNo ?? 0))
}

/** Conversations have no common `seq`, so server time orders them; ids, which grow with time, break ties. */
export const activityOf = ({ lastMessage, createdAt, conversationId }: ConversationHead): string =>
  `${lastMessage?.at ?? createdAt} ${conversationId}`

/** The rows of a list, newest activity first. */
export const listed = (
  state: ListState,
  me: Me | null,
  isShown: (head: ConversationHead) => boolean = () => true,
): ListedConversation[] =>
  [...state.heads.values()]
    .filter(isShown)
    .map((head) => ({ head, at: activityOf(head) }))
    .sort((one, other) => (one.at < other.at ? 1 : -1))
    .map(({ head }) => rowOf(head, unreadOf(state, head, me)))

// unchanged rows stay the same objects, so that a list that did not change can be told from one that did
const rows = new WeakMap<ConversationHead, ListedConversation>()
function rowOf(head: ConversationHead, unread: number): ListedConversation {
  const known = rows.get(head)
  const row = known?.unread === unread ? known : { ...head, unread }
  rows.set(head, row)
  return row
}

export const isSameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((entry, at) => entry === other[at])
