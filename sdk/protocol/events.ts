import type { Actor } from './actor.js'
import type { ConversationHead, ConversationStatus, Rating, Receipt } from './conversation.js'
import type { Message } from './message.js'

/** `public` is what the contact sees; `internal` is the agents' second log beside it. */
export type Log = 'public' | 'internal'

/** What each event type carries in `data`. */
export interface EventData {
  'conversation.created': { subject: string | null; followsId: string | null }
  'conversation.assigned': {
    assigneeId: string
    assigneeName: string
    reason: 'claimed' | 'first_reply'
  }
  'conversation.unassigned': { reason: 'released' }
  'conversation.status_changed': {
    from: ConversationStatus
    to: ConversationStatus
    reason: 'resolved' | 'reopened' | 'contact_replied'
  }
  /** Of the newest resolution; `agentId`: who wrote last, null if no agent did. */
  'conversation.rated': Rating & { agentId: string | null; agentName: string | null }
  /** In the internal log: the head of the conversation says it anew. */
  'contact.changed': { fields: ('name' | 'email')[] }
  'message.created': { message: Message }
  /** These carry the message as it stands now, which may be later than the event: `revSeq` says. */
  'message.edited': { message: Message }
  'message.deleted': { message: Message }
  'message.reacted': { message: Message }
}
export type EventType = keyof EventData

type EventOf<T extends EventType> = {
  conversationId: string
  log: Log
  /** Dense within its log: 1, 2, 3 … without a hole. */
  seq: number
  epoch: string
  type: T
  /** Server time, ISO 8601 in UTC, for people to read. */
  at: string
  actor: Actor
  idempotencyKey?: string
  messageId?: string
  data: EventData[T]
}

/** One entry of a conversation's log, the same object in log, answer, catch-up and broadcast. A client skips a type it does not know and still moves its cursor. */
export type ChatEvent = { [T in EventType]: EventOf<T> }[EventType]

/** What travels when an event is over `MAX_INLINE_EVENT_BYTES`: fetch it by `POST /v1/sync`. */
export type ChatEventNotice = Pick<ChatEvent, 'conversationId' | 'log' | 'seq' | 'epoch'>

/** Largest event sent whole in a broadcast, in bytes of its JSON. */
export const MAX_INLINE_EVENT_BYTES = 4_000

/** Written by people, never stored; shown only for a known participant of the other side. */
export interface Typing {
  actorId: string
  /** How long to show it, in milliseconds; 0 ends it. At most `MAX_TYPING_TTL_MS`. */
  ttlMs: number
}
export const MAX_TYPING_TTL_MS = 6_000

/** Realtime event name → payload, over all topics. */
export interface RealtimeEvents {
  event: ChatEvent | ChatEventNotice
  receipt: Receipt
  head: ConversationHead
  typing: Typing
}

/** Topics. All but `live` are written by the database only. */
export const topics = {
  conversation: (conversationId: string) => `conversation:${conversationId}`,
  internal: (conversationId: string) => `conversation:${conversationId}:internal`,
  live: (conversationId: string) => `conversation:${conversationId}:live`,
  contact: (contactId: string) => `contact:${contactId}`,
  inbox: (inboxId: string) => `inbox:${inboxId}`,
  agent: (agentId: string) => `agent:${agentId}`,
}
