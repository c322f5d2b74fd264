export { type AgentClient, type AgentOptions, createAgent } from './agent-client.js'
export type { AgentConversation } from './agent-conversation.js'
export { type AgentSignIn, agentSignIn } from './agent-sign-in.js'
export type { ChatEvents } from './client.js'
export type { Clock } from './clock.js'
export type { ConnectionPhase, ConnectionState } from './connection.js'
export type { Conversation } from './conversation-host.js'
export type { ConversationList, ListedConversation } from './conversation-list.js'
export type { ConversationListView } from './conversation-list-view.js'
export type { Durability, SendHandle } from './outbox.js'
export type { People, PersonPresence } from './presence.js'
export type { Actor, ActorType, AgentRole } from './protocol/actor.js'
export type {
  ConversationHead,
  ConversationStatus,
  ConversationView,
  Rating,
  Receipt,
} from './protocol/conversation.js'
export type { PageVisit } from './protocol/page.js'
export type { ContactRecord } from './protocol/contact.js'
export { ChatError, type ErrorCode } from './protocol/errors.js'
export type { ChatEvent } from './protocol/events.js'
export {
  type Asking,
  askings,
  defaultInboxSettings,
  type Inbox,
  type InboxChanges,
  type InboxSettings,
  MAX_NAME_CHARS,
  MAX_ORIGINS,
  settingLimits,
  themes,
} from './protocol/inbox.js'
export { type Locale, locales } from './protocol/locale.js'
export { MAX_BODY_CHARS, type Message, type Reaction } from './protocol/message.js'
export type { Agent, AgentSession } from './protocol/session.js'
export type { Store } from './store.js'
export type { ShownReaction, Thread, ThreadItem } from './thread-items.js'
export type { TypingPerson } from './typing.js'
