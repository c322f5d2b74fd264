import type { Actor } from './actor.js'
import type { Draft } from './message.js'

export const MAX_SUBJECT_CHARS = 200

export const conversationStatuses = ['pending', 'open', 'snoozed', 'resolved'] as const
export type ConversationStatus = (typeof conversationStatuses)[number]

/** `unassigned` waits for anyone of the inbox; `assigned` has an assignee. */
export type RoutingState = 'unassigned' | 'assigned'

export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]

/** Row of a conversation list. Two heads of one conversation merge by the higher `seq`. */
export interface ConversationHead {
  conversationId: string
  inboxId: string
  seq: number
  /** Head of the agents' log; 0 for a contact, who has no such log. */
  internalSeq: number
  /** Changes when a restored database may have rewound `seq`. */
  epoch: string
  messageNo: number
  subject: string | null
  status: ConversationStatus
  routingState: RoutingState
  priority: Priority
  assigneeId: string | null
  /** Who answers, by name, for the visitor to see. */
  assigneeName: string | null
  teamId: string | null
  contact: { id: string; name: string }
  /** An empty preview: it was deleted. */
  lastMessage: { preview: string; author: Actor; at: string } | null
  createdAt: string
}

/** One participant's high-water marks in one conversation; merged by max. */
export interface Receipt {
  conversationId: string
  actor: Pick<Actor, 'type' | 'id'>
  deliveredSeq: number
  readSeq: number
  /** `messageNo` of the last message at or below `readSeq`. */
  readMessageNo: number
}

/** Opens a conversation and posts its first message in one transaction. */
export interface ConversationStart {
  /** UUID made by the caller; unique per inbox and contact. */
  idempotencyKey: string
  subject?: string
  message: Omit<Draft, 'replyToId'>
}

export const MAX_RATING = 5
export const MAX_RATING_COMMENT_CHARS = 1_000

/** What a contact thought of a resolved conversation. */
export interface Rating {
  /** 1 to `MAX_RATING`, whole; more is better. */
  score: number
  /** Empty where nothing was said. */
  comment: string
}

/** A rating as it is handed in. */
export interface RatingRequest {
  idempotencyKey: string
  score: number
  comment?: string
}

/** Which conversations a list shows. `mine`: assigned to the asking agent. */
export const conversationViews = ['open', 'mine', 'unassigned', 'resolved', 'all'] as const
export type ConversationView = (typeof conversationViews)[number]
