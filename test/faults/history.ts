import type { ChatEvent, Receipt } from '../../sdk/protocol/index.js'

/** One call of `send()`. In a history they stand in the order of the calls. */
export interface SendRecord {
  conversationId: string
  /** The lane it went through: one author's drafts of one conversation. */
  lane: string
  key: string
  body: string
  outcome: 'sent' | 'failed' | 'open'
  /** Where the caller was told that it stands. */
  seq: number | null
}

export interface ShownMessage {
  seq: number
  messageNo: number
  key: string
  body: string
}

/** What one client showed of one conversation, from opening it to the end. */
export interface View {
  client: string
  conversationId: string
  /** `messageNo` of each confirmed message, once per change. */
  shown: number[][]
  /** Keys of everything on the screen, once per change in which one stood there twice. */
  doubled: string[]
  /** Marks as they were shown, once per change. */
  marks: (Pick<Receipt, 'deliveredSeq' | 'readSeq'> & { actor: string })[]
  /** Whether the page was left before the end. */
  isLeft: boolean
  /** At the end, with every earlier page loaded. */
  final: ShownMessage[]
  /** Milliseconds from the heal until it was equal to the log for good; null if it never was. */
  convergedMs: number | null
}

/** Everything that happened in one round, as the invariants judge it. */
export interface History {
  sends: SendRecord[]
  /** The public log of each conversation, read from the server without faults between. */
  logs: Map<string, ChatEvent[]>
  views: View[]
  /** Longest time that a client may take from the heal. */
  boundMs: number
}

export const emptyHistory = (boundMs: number): History => ({ sends: [], logs: new Map(), views: [], boundMs })

export const messagesOf = (log: readonly ChatEvent[]): ShownMessage[] =>
  log.flatMap((event) =>
    event.type === 'message.created'
      ? [
          {
            seq: event.seq,
            messageNo: event.data.message.messageNo,
            key: event.data.message.idempotencyKey,
            body: event.data.message.body,
          },
        ]
      : [],
  )
