import type { LitElement } from 'lit'
import type { Chat, ShownInbox } from '../sdk/index.js'

/** Of the panel what the page's wishes need. */
export interface AskedPanel extends Pick<LitElement, 'renderRoot' | 'requestUpdate'> {
  readonly chat: Chat
  readonly inbox: ShownInbox
  readonly tell: (type: 'close' | 'logout' | 'texts', detail?: unknown) => void
  draft: string
  startConversation(): void
}
