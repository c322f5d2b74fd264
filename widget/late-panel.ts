import type { LitElement } from 'lit'
import type { Chat, Conversation, ShownInbox } from '../sdk/index.js'
import type { ParleyComposer } from './composer.js'
import type { ParleyThread } from './thread.js'

/** Hears what the frame acts on: that it shall close or begin anew, how many messages are unread, what came or was sent or failed, what the launcher says now. */
export type Tell = (type: 'close' | 'logout' | 'unread' | 'message' | 'error' | 'texts', detail?: unknown) => void

/** What code that comes late sees of the panel. */
export interface LatePanel extends LitElement {
  readonly chat: Chat
  readonly inbox: ShownInbox
  readonly tell: Tell
  readonly thread: ParleyThread
  readonly composer: ParleyComposer
  /** What is shown. */
  readonly conversation: Conversation | null
  /** Whether it is in sight. */
  readonly isOpen: boolean
  /** Something has to be said before one may write. */
  isAsking: boolean
  /** Connects, once. */
  start(): void
  startConversation(): void
  show(conversation: Conversation): void
}
