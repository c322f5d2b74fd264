import type { ConversationHead, Receipt } from './conversation.js'
import type { ChatEvent } from './events.js'

/** Most conversations whose logs one sync may ask for. */
export const MAX_SYNC_OPEN = 20
/** Longest a sync may wait for news, in milliseconds. */
export const MAX_SYNC_WAIT_MS = 25_000
/** Most events of one log in one answer. */
export const MAX_SYNC_EVENTS = 200

export interface SyncRequest {
  /** From the last answer; null asks for a first digest. */
  cursor: string | null
  /** `minSeq` is the highest `seq` heard of: a copy of the database that lags behind it does not answer. */
  open: { conversationId: string; epoch: string; seq: number; internalSeq?: number; minSeq?: number }[]
  /** With nothing new, the answer waits this long for something (long poll). Default 0. */
  waitMs?: number
}

/** What changed in one open conversation since the asker's cursors. */
export interface SyncLog {
  conversationId: string
  epoch: string
  /** Head of the public log, read in the same snapshot as `events`. */
  head: number
  internalHead: number
  events: ChatEvent[]
  receipts: Receipt[]
  hasMore: boolean
}

export interface SyncAnswer {
  cursor: string
  /** True when the cursor was from another epoch or null: what the client lists is to be replaced by `heads`. */
  reset: boolean
  heads: ConversationHead[]
  /** The asker's own marks in `heads`, where there are any. */
  receipts: Receipt[]
  open: SyncLog[]
  serverTime: string
  /** When to ask again if nothing happens, in milliseconds. */
  syncAfterMs: number
  /** Spread reconnects evenly over this long, in milliseconds. */
  reconnectWindowMs: number
}
