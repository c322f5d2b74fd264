import type { InboxChanges, Message } from '../../sdk/agent.js'
import type { FieldName, InboxFields } from './inbox-fields.js'

/** What an agent may do to a conversation by one press. */
export type Act = 'assign' | 'release' | 'resolve' | 'reopen'
export type Tone = 'good' | 'bad'

/** A request of a part to whoever contains it: bubbles, crosses shadow roots. */
class ConsoleEvent extends Event {
  constructor(type: string) {
    super(type, { bubbles: true, composed: true, cancelable: true })
  }
}

export class SignInEvent extends ConsoleEvent {
  readonly email: string
  readonly password: string
  constructor(email: string, password: string) {
    super('console-sign-in')
    this.email = email
    this.password = password
  }
}

export class SignOutEvent extends ConsoleEvent {
  constructor() {
    super('console-sign-out')
  }
}

/** Asks to try again what failed as a whole: signing in, loading a list. */
export class TryAgainEvent extends ConsoleEvent {
  constructor() {
    super('console-try-again')
  }
}

/** Asks for `body` to be sent. `preventDefault()` keeps the text in the composer. */
export class SendEvent extends ConsoleEvent {
  readonly body: string
  constructor(body: string) {
    super('console-send')
    this.body = body
  }
}

/** Tells what stands in the composer, so that it outlives a change of conversation. */
export class DraftEvent extends ConsoleEvent {
  readonly body: string
  constructor(body: string) {
    super('console-draft')
    this.body = body
  }
}

/** Asks to send a failed message again, under its own key, or to let it go. */
export class FailedDraftEvent extends ConsoleEvent {
  readonly key: string
  readonly wish: 'retry' | 'discard'
  constructor(key: string, wish: 'retry' | 'discard') {
    super('console-failed-draft')
    this.key = key
    this.wish = wish
  }
}

/** What an agent may do with one message, besides reacting to it. */
export type MessageWish = 'reply' | 'edit' | 'delete' | 'copy'

export class MessageWishEvent extends ConsoleEvent {
  readonly wish: MessageWish
  readonly message: Message
  constructor(wish: MessageWish, message: Message) {
    super('console-message')
    this.wish = wish
    this.message = message
  }
}

/** Asks to put an emoji on a message, or to take it off. */
export class ReactEvent extends ConsoleEvent {
  readonly messageId: string
  readonly emoji: string
  readonly isOn: boolean
  constructor(messageId: string, emoji: string, isOn: boolean) {
    super('console-react')
    this.messageId = messageId
    this.emoji = emoji
    this.isOn = isOn
  }
}

/** The menu of a message is done with; `isFocusBack` unless the focus already went elsewhere. */
export class CloseMenuEvent extends ConsoleEvent {
  readonly isFocusBack: boolean
  constructor(isFocusBack = true) {
    super('console-close-menu')
    this.isFocusBack = isFocusBack
  }
}

/** Asks to answer or change no message any more. */
export class CancelReplyEvent extends ConsoleEvent {
  constructor() {
    super('console-cancel-reply')
  }
}

/** Asks to change the last message that this agent sent. */
export class EditLastEvent extends ConsoleEvent {
  constructor() {
    super('console-edit-last')
  }
}

/** Asks for older messages, or for more rows of the list. */
export class LoadMoreEvent extends ConsoleEvent {
  constructor() {
    super('console-load-more')
  }
}

/** Tells that the end of the thread is before the agent's eyes. */
export class SeenEvent extends ConsoleEvent {
  constructor() {
    super('console-seen')
  }
}

export class ActEvent extends ConsoleEvent {
  readonly act: Act
  constructor(act: Act) {
    super('console-act')
    this.act = act
  }
}

/** Asks to show or hide the details beside the thread. */
export class DetailsEvent extends ConsoleEvent {
  constructor() {
    super('console-details')
  }
}

/** Asks for the list of shortcuts. */
export class HelpEvent extends ConsoleEvent {
  constructor() {
    super('console-help')
  }
}

/** Asks for a line that goes away by itself. */
export class ToastEvent extends ConsoleEvent {
  readonly text: string
  readonly tone: Tone
  constructor(text: string, tone: Tone) {
    super('console-toast')
    this.text = text
    this.tone = tone
  }
}

export class InboxSaveEvent extends ConsoleEvent {
  readonly changes: InboxChanges & { name: string }
  /** What in the form differs from what is saved. */
  readonly fields: readonly FieldName[]
  constructor(changes: InboxChanges & { name: string }, fields: readonly FieldName[]) {
    super('console-inbox-save')
    this.changes = changes
    this.fields = fields
  }
}

/** Tells what was changed in the form of an inbox; it is not saved by that. */
export class FieldsEvent extends ConsoleEvent {
  readonly changes: Partial<InboxFields>
  constructor(changes: Partial<InboxFields>) {
    super('console-fields')
    this.changes = changes
  }
}

/** Asks for what signs the identity tokens of an inbox. */
export class InboxSecretEvent extends ConsoleEvent {
  constructor() {
    super('console-inbox-secret')
  }
}
