import type * as acts from './acts.js'
import type { Call } from './api.js'
import type { Clock } from './clock.js'
import type { MessageActs } from './message-acts.js'
import type { DraftKeeper, Lane, SendHandle } from './outbox.js'
import type { ConversationHead, Receipt } from './protocol/conversation.js'
import type { ChatError } from './protocol/errors.js'
import type { ChatEvent, ChatEventNotice, Typing } from './protocol/events.js'
import type { Message } from './protocol/message.js'
import type { ActAnswer } from './protocol/routes.js'
import type { SyncLog, SyncRequest } from './protocol/sync.js'
import type { Store } from './store.js'
import type { Me, Thread } from './thread-items.js'
import type { TypingPerson } from './typing.js'

export interface Conversation {
  /** Null until the first message of a new conversation is stored. */
  readonly id: string | null
  readonly thread: Store<Thread>
  /** Loads the newest page and keeps it current until the returned undo was called as often as this. */
  open(): () => void
  readonly messages: MessageActs & {
    /** Shows the draft at once and sends it when it can. The same `idempotencyKey` never writes twice. */
    send(draft: { body: string; idempotencyKey?: string; replyToId?: string }): SendHandle
    /** Sends a failed one again, under the same key. */
    retry(idempotencyKey: string): void
    /** Forgets a failed one. */
    discard(idempotencyKey: string): void
    loadEarlier(): Promise<void>
  }
  /** Who of the other side is writing. */
  readonly typing: Store<readonly TypingPerson[]>
  /** To be called at each press of a key; the other side sees it until `stopTyping`, the message, or six seconds. */
  startTyping(): void
  stopTyping(): void
  /** Rates the newest resolution, or rates it again: 1 to 5, for 72 hours. @throws {ChatError} `stale_version` once it is open again, `gone` */
  rate(rating: { score: number; comment?: string }): Promise<void>
  /** Everything shown is read. */
  markRead(): void
}

/** What a conversation needs of the client that it is part of. */
export interface ConversationHost {
  call: Call
  clock: Clock
  random: () => number
  me: () => Me | null
  isConnected: () => boolean
  headOf: (conversationId: string) => ConversationHead | undefined
  /** Hears a conversation, and who types in it, until the returned undo. */
  watch: (conversationId: string) => () => void
  say: (topic: string, event: string, payload: object) => void
  acts: () => Promise<typeof acts>
  syncSoon: (isNeeded?: () => boolean) => void
  /** Folds heads and own marks into the lists. */
  listed: (heads: ConversationHead[], marks: Receipt[]) => void
  /** The conversation has its id now. Returns the one that was found under that before, if there is one. */
  placed: (conversation: LiveConversation) => LiveConversation | undefined
  /** What waits under this key began the conversation, on a page before that did not hear of it. */
  stored: (conversationId: string, key: string) => void
  arrived: (conversationId: string, message: Message) => void
  /** Keys of what waits to be sent, in any conversation. */
  waiting: Set<string>
  keeper?: () => Promise<DraftKeeper>
}

/** A conversation as the client that owns it sees it. */
export interface LiveConversation extends Conversation {
  /** Cursors to ask a digest for; null while nothing is open or known. */
  cursors(): SyncRequest['open'][number] | null
  heard(event: ChatEvent | ChatEventNotice): void
  headChanged(head: ConversationHead): void
  receiptChanged(receipt: Receipt): void
  typingHeard(payload: Typing): void
  caughtUp(log: SyncLog): void
  /** Loads what an open conversation could not load before. */
  wake(): void
  /** Takes in the answer to an act on it. */
  acted(answer: ActAnswer): void
  readonly lane: Lane
  /** What its drafts have in common while it has no id. */
  startKey: string
  /** Another tab began it. */
  begun(conversationId: string): void
  end(error: ChatError): void
}
