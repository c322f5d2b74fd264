import type { Actor } from './actor.js'

/** Longest body the server accepts, in UTF-16 code units (`string.length`). */
export const MAX_BODY_CHARS = 8_000

/** A message as its author hands it in. */
export interface Draft {
  /** UUID made by the caller; the same key never writes twice, however often it is sent. */
  idempotencyKey: string
  /** 1 to `MAX_BODY_CHARS`; not only white space. */
  body: string
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
  body: string
  /** The author's key, by which a pending draft and its stored message are one. */
  idempotencyKey: string
  /** For people to read; nothing is ordered by it. */
  createdAt: string
}
