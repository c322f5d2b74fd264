const crossing = { bubbles: true, composed: true }

/** Asks for `body` to be sent. `preventDefault()` keeps the text in the composer. */
export class ChatSendEvent extends Event {
  readonly body: string
  constructor(body: string) {
    super('chat-send', { ...crossing, cancelable: true })
    this.body = body
  }
}

/** Asks to close the panel, to load what is earlier or once more, to count what is shown as read; or, of the failed message `key`, to try it again or give it up. */
export class ChatAskEvent extends Event {
  readonly key: string
  constructor(type: `chat-${'close' | 'earlier' | 'reload' | 'read' | 'retry' | 'discard'}`, key = '') {
    super(type, crossing)
    this.key = key
  }
}
