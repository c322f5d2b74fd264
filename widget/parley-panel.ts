import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type {
  Chat,
  ChatError,
  Conversation,
  ConnectionState,
  ConversationList,
  ShownInbox,
  Thread,
} from '../sdk/index.js'
import './composer.js'
import type { ParleyComposer } from './composer.js'
import { CalmConnection } from './controllers/calm-connection.js'
import { StoreController } from './controllers/store-controller.js'
import type { ChatAskEvent, ChatSendEvent } from './events.js'
import type { LatePanel, Tell } from './late-panel.js'
import { fetchOnce } from './fetch-once.js'
import { header } from './header.js'
import { headerStyles } from './header.styles.js'
import { texts } from './locale/texts.js'
import type { PageAsk } from './page-asks.js'
import { panelStyles } from './panel.styles.js'
import { themeStyles } from './theme.styles.js'
import './thread.js'
import type { ParleyThread } from './thread.js'

const pageAsks = fetchOnce(() => import('./page-asks.js'))

/** The open chat: shows the visitor's newest unresolved conversation, else a new one. Owns the `Chat` it is given. */
export class ParleyPanel extends LitElement implements LatePanel {
  static override styles = [themeStyles, headerStyles, panelStyles]
  static override properties = { isOpen: {}, conversation: {}, isAsking: {}, trouble: { state: true } }

  #calm = new CalmConnection(this)
  #connection = new StoreController<ConnectionState>(this, () => this.#calm.set(this.#isWell))
  #list = new StoreController<ConversationList>(this, () => this.#choose())
  #thread = new StoreController<Thread>(this)
  #stops: (() => void)[] = []
  #leave: (() => void) | null = null
  #isDressed = false

  /** Whether it is in sight. The first time connects; while not, it only counts what is unread. */
  isOpen = false
  /** Something has to be said before one may write. */
  isAsking: boolean
  /** Why there is no chat at all. */
  private trouble = ''
  /** What is shown; null until it is known which. */
  conversation: Conversation | null = null

  constructor(
    readonly chat: Chat,
    readonly inbox: ShownInbox,
    readonly tell: Tell,
  ) {
    super()
    const { askName, askEmail, consent } = inbox.settings
    this.isAsking = !!consent || `${askName}${askEmail}`.includes('required')
    // an Escape that ends a composition closes nothing
    this.onkeydown = (event) => {
      if (event.isComposing) event.stopPropagation()
    }
  }

  get thread(): ParleyThread {
    return this.renderRoot.querySelector('parley-thread') as ParleyThread
  }
  get composer(): ParleyComposer {
    return this.renderRoot.querySelector('parley-composer') as ParleyComposer
  }

  /** What stands in the composer. */
  get draft(): string {
    return this.composer.text
  }
  set draft(text: string) {
    this.composer.text = text
  }

  override focus(): void {
    this.composer.focus()
  }

  /** Does what the page asks for by name. */
  ask(name: PageAsk, args: unknown[]): Promise<void> {
    return pageAsks().then(({ ask }) => ask(this, name, args))
  }

  /** Turns to a conversation of its own, which begins with its first message. */
  startConversation(): void {
    this.show(this.chat.newConversation())
  }

  /** Closes the connection; the element is of no use after it. */
  end(): void {
    this.#part()
    for (const stop of this.#stops) stop()
    void this.chat.close()
    this.remove()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    this.lang = texts.language
    this.dir = texts.direction
    if (!changed.has('isOpen')) return
    if (this.isOpen) this.start()
    if (this.isOpen) this.#join()
    else this.#part()
  }

  override updated(): void {
    void this.#dress()
  }

  override render(): TemplateResult {
    const thread = this.#thread.value
    const { title, greeting } = this.inbox.settings
    const failure = thread?.error && `${texts.notLoaded} ${texts.reason(thread.error.code)}`
    return html`
      ${header(title, thread?.head?.assigneeName ?? '')}
      <parley-thread
        .thread=${thread}
        .greeting=${greeting}
        .inboxName=${title}
        .waits=${!this.conversation && !this.#calm.isAway}
        .trouble=${this.trouble || failure || ''}
        @chat-earlier=${() => void this.conversation?.messages.loadEarlier().catch(() => {})}
        @chat-reload=${this.#reload}
        @chat-retry=${(event: ChatAskEvent) => this.conversation?.messages.retry(event.key)}
        @chat-discard=${this.#discard}
      ></parley-thread>
      <p class="note" role="status" ?hidden=${!this.#calm.isAway}>
        ${this.#calm.isAway ? texts.reconnecting : nothing}
      </p>
      <parley-composer ?hidden=${this.isAsking} @chat-send=${this.#send}></parley-composer>
    `
  }

  get #isWell(): boolean {
    const phase = this.#connection.value?.phase
    return !phase || ['live', 'degraded', 'idle', 'closed'].includes(phase)
  }

  /** Connects, once; while not open it only counts what is unread. */
  start(): void {
    if (this.#stops.length) return
    this.#connection.follow(this.chat.connection)
    this.#list.follow(this.chat.conversations)
    this.addEventListener('chat-close', () => this.tell('close'))
    this.#stops = [this.chat.session.subscribe(() => this.#choose())]
    void this.#connect()
  }

  async #connect(): Promise<void> {
    this.trouble = ''
    try {
      await this.chat.connect()
      this.#choose()
    } catch (error) {
      this.tell('error', error)
      this.trouble = `${texts.notConnected} ${texts.reason((error as ChatError).code)}`
    }
  }

  /** All that one can do without for a moment comes once one can type and send. */
  async #dress(): Promise<void> {
    if (this.#isDressed || !this.conversation || !this.#isWell) return
    this.#isDressed = true
    await import('./late.js').then(
      ({ dress }) => dress(this).then((stop) => this.#stops.push(stop)),
      () => (this.#isDressed = false),
    )
  }

  /** Once it is known which conversations there are, shows the one that goes on. The list comes newest first. */
  #choose(): void {
    const list = this.#list.value
    if (this.conversation || !this.chat.session.getSnapshot() || !list || list.isLoading) return
    const current = list.items.find((head) => head.status !== 'resolved')
    if (current) this.show(this.chat.conversation(current.conversationId))
    else this.startConversation()
  }

  /** Turns to a conversation. */
  show(conversation: Conversation): void {
    this.#part()
    this.conversation = conversation
    this.#thread.follow(conversation.thread)
    if (this.isOpen) this.#join()
  }

  #join(): void {
    this.#leave ??= this.conversation?.open() ?? null
  }

  #part(): void {
    this.#leave?.()
    this.#leave = null
  }

  #reload(): void {
    // the button that was pressed goes
    this.focus()
    if (this.trouble) return void this.#connect()
    this.#part()
    this.#join()
  }

  #send(event: ChatSendEvent): void {
    if (!this.conversation) this.show(this.chat.newConversation({ continues: true }))
    this.conversation!.messages.send({ body: event.body })
  }

  #discard(event: ChatAskEvent): void {
    this.conversation?.messages.discard(event.key)
    this.focus()
  }
}

customElements.define('parley-panel', ParleyPanel)
