export { type Chat, type ChatOptions, createChat, type Session } from './chat.js'
export type { ChatEvents } from './client.js'
export type { Clock } from './clock.js'
export type { ConnectionPhase, ConnectionState } from './connection.js'
export type { Conversation } from './conversation-host.js'
export type { ConversationList, ListedConversation } from './conversation-list.js'
export type { ChatStorage } from './defaults.js'
export type { Durability, SendHandle } from './outbox.js'
export type { People, PersonPresence } from './presence.js'
export type { Actor, ActorType } from './protocol/actor.js'
export type { Availability, Contact, ContactChanges, VisitorExport } from './protocol/contact.js'
export type { ConversationHead, ConversationStatus, Rating, Receipt } from './protocol/conversation.js'
export { ChatError, type ErrorCode } from './protocol/errors.js'
export type { ChatEvent } from './protocol/events.js'
export {
  defaultInboxSettings,
  type InboxSettings,
  type PublicInbox,
  type ShownInbox,
  type ShownSettings,
} from './protocol/inbox.js'
export type { LauncherTexts, Locale } from './protocol/locale.js'
export type { PageStep } from './protocol/page.js'
export { MAX_BODY_CHARS, type Message, type Reaction } from './protocol/message.js'
export type { Store } from './store.js'
export type { VisitorActs } from './visitor-acts.js'
export type { ShownReaction, Thread, ThreadItem } from './thread-items.js'
export type { TypingPerson } from './typing.js'
