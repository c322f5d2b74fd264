import type {
  ChatError,
  ConnectionState,
  Conversation,
  ConversationHead,
  PersonPresence,
  TypingPerson,
} from '../index.js'
import type { ChatMessage } from './chat-message.js'
import type { ConversationActs } from './conversation-acts.js'

/** One conversation as a component sees it; the same object until something in it changes. */
export interface ChatState extends ConversationActs {
  /** Null until the first message of a new conversation is stored. */
  conversationId: string | null
  /** Status, subject, who is assigned; null until known. */
  head: ConversationHead | null
  /** By place in the conversation; what is on its way comes last. */
  messages: readonly ChatMessage[]
  isLoading: boolean
  hasEarlier: boolean
  isLoadingEarlier: boolean
  /** Why the conversation cannot be shown, or why its chat cannot connect. */
  error: ChatError | null
  /** The other side, where it is there now. */
  onlineUsers: readonly PersonPresence[]
  /** Who of the other side is writing. */
  typingUsers: readonly TypingPerson[]
  connection: ConnectionState
  /** What the SDK itself has for this conversation; null on a server and while there is none. */
  conversation: Conversation | null
}

export const NOBODY: readonly never[] = []

/** As a server renders it. */
export const unconnected: ConnectionState = { phase: 'idle', since: 0, transport: null, lastError: null, retryAt: null }

/** A conversation of which nothing is known, as a server renders it. */
export const emptyState = (conversationId: string | null, acts: ConversationActs): ChatState => ({
  ...acts,
  conversationId,
  head: null,
  messages: NOBODY,
  isLoading: conversationId !== null,
  hasEarlier: false,
  isLoadingEarlier: false,
  error: null,
  onlineUsers: NOBODY,
  typingUsers: NOBODY,
  connection: unconnected,
  conversation: null,
})
