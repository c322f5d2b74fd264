import type { Actor } from './actor.js'

/** Longest body the server accepts, in UTF-16 code units (`string.length`). */
export const MAX_BODY_CHARS = 8_000

/** Most different emoji on one message, by everyone. */
export const MAX_DIFFERENT_REACTIONS = 20
/** Most emoji of one person on one message. */
export const MAX_OWN_REACTIONS = 10
/** Longest single emoji, in UTF-16 code units: families and flags of regions are long. */
export const MAX_EMOJI_CHARS = 32

/** A message as its author hands it in. */
export interface Draft {
  /** UUID made by the caller; the same key never writes twice, however often it is sent. */
  idempotencyKey: string
  /** 1 to `MAX_BODY_CHARS`; not only white space. */
  body: string
  /** The message it answers, of the same conversation or of one that it follows. */
  replyToId?: string
}

/** One emoji on a message and who put it there; grouped in the order in which each emoji first came. */
export interface Reaction {
  emoji: string
  actorIds: string[]
}

/** Present state of one message: its creation with every later event folded in. */
export interface Message {
  id: string
  /** Place in the conversation's log; the only order there is. */
  seq: number
  /** Counts messages only, from 1; unread counts are differences of it. */
  messageNo: number
  /** `seq` of the last event folded in; an event with a lower one is old news. */
  revSeq: number
  kind: 'text'
  author: Actor
  /** Empty once the message is deleted. */
  body: string
  /** The author's key, by which a pending draft and its stored message are one. */
  idempotencyKey: string
  /** For people to read; nothing is ordered by it. */
  createdAt: string
  replyToId?: string
  /** Absent while it says what it said at first. */
  editedAt?: string
  /** Once there, nothing changes the message any more. */
  deletedAt?: string
  /** Absent while there are none. */
  reactions?: Reaction[]
}
