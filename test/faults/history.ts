import type { ChatEvent, Receipt } from '../../sdk/protocol/index.js'

export type SendState = 'queued' | 'sending' | 'failed' | 'sent'

/** One call of `send()`. In a history they stand in the order of the calls. */
export interface SendRecord {
  conversationId: string
  /** The lane it went through: one author's drafts of one conversation. */
  lane: string
  key: string
  body: string
  outcome: 'sent' | 'failed' | 'open'
  /** What its author's screen showed of it, once per change. */
  states: SendState[]
  /** What `queued` said; null while it said nothing. */
  durability: 'durable' | 'session' | 'memory' | null
  /** Where the caller was told that it stands; null where nobody was told. */
  seq: number | null
}

export interface ShownMessage {
  seq: number
  messageNo: number
  key: string
  body: string
}

/** The first `kept` entries stayed; after them came these, by `messageNo`. */
interface ListChange {
  kept: number
  added: number[]
}

/** What one client showed of one conversation, from opening it to the end. */
export interface View {
  client: string
  conversationId: string
  /** How the list of confirmed messages changed, from an empty one. */
  shown: ListChange[]
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

/** Unread of one conversation: what a list showed (null: nothing at all), and what the person's marks and the log say. */
export interface UnreadRecord {
  conversationId: string
  counted: number | null
  real: number
}

/** What one client knew beside its open screens, at the end. */
export interface ClientRecord {
  client: string
  /** The conversations that this person may see; null: all of them. */
  mine: ReadonlySet<string> | null
  /** Those of which anything at all was given to it. */
  known: ReadonlySet<string>
  /** Of each conversation of this round that it may see. */
  unread: UnreadRecord[]
  /** Most drafts that waited at once. */
  peakWaiting: number
  /** What it asked while nothing happened: by kind, how many milliseconds after the beginning. Null where nobody looked. */
  idle: { asked: Record<string, number[]>; ms: number } | null
}

/** Word that somebody writes or stops, or their message: when it came, and until when they may be shown for it. Null: that was not over yet. */
export interface TypingReason {
  what: 'writes' | 'stops' | 'message'
  atMs: number
  goodUntilMs: number | null
}

/** One showing of "writes …", by `performance.now()`, with what it stood on in the order in which it came. */
export interface TypingShown {
  client: string
  actorId: string
  fromMs: number
  untilMs: number
  reasons: TypingReason[]
}

/** Everything that happened in one round, as the invariants judge it. */
export interface History {
  sends: SendRecord[]
  /** The public log of each conversation, read from the server without faults between. */
  logs: Map<string, ChatEvent[]>
  views: View[]
  clients: ClientRecord[]
  typings: TypingShown[]
  /** Longest time that a client may take from the heal. */
  boundMs: number
}

export const emptyHistory = (boundMs: number): History => ({
  sends: [],
  logs: new Map(),
  views: [],
  clients: [],
  typings: [],
  boundMs,
})

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

/** What is not known of a draft when it is handed in. */
export const unseen = (): Pick<SendRecord, 'states' | 'durability'> => ({ states: [], durability: null })

/** Whether it was said to outlive its page. */
export const isKept = ({ durability }: SendRecord): boolean => durability === 'durable' || durability === 'session'
