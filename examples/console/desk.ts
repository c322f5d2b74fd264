import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type {
  AgentClient,
  AgentConversation,
  AgentSession,
  ConnectionState,
  ConversationHead,
  ConversationListView,
  Inbox,
  People,
  Thread,
  TypingPerson,
} from '../../sdk/agent.js'
import type { About, ConsoleComposer } from './composer.js'
import { controls } from './controls.styles.js'
import { deskStyles } from './desk.styles.js'
import { drafts } from './drafts.js'
import {
  type Act,
  type ActEvent,
  type DraftEvent,
  type FailedDraftEvent,
  type MessageWishEvent,
  type ReactEvent,
  type SendEvent,
  ToastEvent,
} from './events.js'
import type { ConsoleList } from './list.js'
import { hrefOf, type RailView } from './router.js'
import { ShortcutController } from './shortcut-controller.js'
import { StoreController } from './store-controller.js'
import type { ConsoleThread } from './thread.js'
import { contactName, refusal } from './wording.js'
import './composer.js'
import './details.js'
import './list.js'
import './thread.js'
import './thread-header.js'

type ListSnapshot = ReturnType<ConversationListView['store']['getSnapshot']>

/** A list of conversations and the one that is open; carries out what its parts ask. Raises `ToastEvent`. */
@customElement('console-desk')
export class ConsoleDesk extends LitElement {
  static override styles = [controls, deskStyles]

  readonly #rows = new StoreController<ListSnapshot>(this)
  readonly #thread = new StoreController<Thread>(this)
  readonly #typing = new StoreController<readonly TypingPerson[]>(this)
  readonly #presence = new StoreController<People>(this)
  #conversation: AgentConversation | null = null

  @property({ attribute: false }) agent!: AgentClient
  @property({ attribute: false }) session!: AgentSession
  @property() view: RailView = 'open'
  @property({ attribute: false }) list!: ConversationListView
  @property() conversationId: string | null = null
  @property() phase: ConnectionState['phase'] = 'idle'

  @state() private areDetailsShown = matchMedia('(min-width: 1180px)').matches
  @state() private acting: Act | null = null
  @state() private inboxes: readonly Inbox[] = []

  @state() private about: About | null = null

  @query('console-thread') private readonly thread!: ConsoleThread | null
  @query('console-list') private readonly rows!: ConsoleList
  @query('console-composer') private readonly composer!: ConsoleComposer | null

  constructor() {
    super()
    new ShortcutController(this, {
      next: () => this.#move(1),
      previous: () => this.#move(-1),
      reply: () => this.composer?.focus(),
      message: () => this.thread?.focusMessage(),
      assign: () => this.#act(this.#head?.assigneeId === this.session.agent.id ? 'release' : 'assign'),
      resolve: () => this.#act(this.#head?.status === 'resolved' ? 'reopen' : 'resolve'),
      details: () => this.#toggleDetails(),
    })
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('list')) this.#rows.follow(this.list.store, () => this.list.open())
    if (changed.has('agent')) {
      this.#presence.follow(this.agent.presence)
      void this.#loadInboxes()
    }
    if (changed.has('agent') || changed.has('conversationId')) {
      const conversation = this.conversationId ? this.agent.conversation(this.conversationId) : null
      this.#conversation = conversation
      this.about = null
      this.#typing.follow(conversation?.typing ?? null)
      this.#thread.follow(conversation?.thread ?? null, conversation ? () => conversation.open() : undefined)
    }
  }

  protected override render(): TemplateResult {
    return html`
      <section class="list ${this.conversationId ? 'behind' : ''}" aria-label="Conversations">
        <console-list
          .view=${this.view}
          .list=${this.#rows.value}
          .selectedId=${this.conversationId}
          .ownId=${this.session.agent.id}
          .phase=${this.phase}
          @console-load-more=${() => this.#try(() => this.list.loadMore())}
          @console-try-again=${() => this.#rows.reopen()}
        ></console-list>
      </section>
      ${this.conversationId && this.#thread.value ? this.#open(this.conversationId, this.#thread.value) : this.#nothingOpen()}
    `
  }

  #open(conversationId: string, thread: Thread): TemplateResult {
    const head = this.#head
    const ownId = this.session.agent.id
    return html`
      <main aria-label="Conversation" @console-act=${(event: ActEvent) => this.#act(event.act)}>
        <console-thread-header
          .head=${head}
          .presence=${this.#presence.value?.get(conversationId) ?? null}
          .ownId=${ownId}
          .acting=${this.acting}
          .areDetailsShown=${this.areDetailsShown}
          .backHref=${hrefOf({ page: 'conversations', view: this.view, conversationId: null })}
          @console-details=${this.#toggleDetails}
        ></console-thread-header>
        <console-thread
          .conversationId=${conversationId}
          .thread=${thread}
          .ownId=${ownId}
          .isSupervisor=${this.session.agent.role !== 'agent'}
          @console-message=${this.#message}
          @console-react=${({ messageId, emoji, isOn }: ReactEvent) =>
            this.#try(() => this.#conversation?.messages.react(messageId, emoji, isOn))}
          @console-load-more=${() => this.#try(() => this.#conversation?.messages.loadEarlier())}
          @console-try-again=${() => this.#thread.reopen()}
          @console-failed-draft=${(event: FailedDraftEvent) => this.#conversation?.messages[event.wish](event.key)}
          @console-seen=${() => this.#conversation?.markRead()}
        ></console-thread>
        <p class="typing" role="status">
          ${this.#typing.value?.length && head ? `${contactName(head.contact)} is typing…` : nothing}
        </p>
        ${
          head
            ? html`<console-composer
                .conversationId=${conversationId}
                .head=${head}
                .ownId=${ownId}
                .isOffline=${this.phase === 'offline'}
                .draft=${drafts.get(conversationId)}
                .about=${this.about}
                @console-send=${(event: SendEvent) => this.#send(event.body)}
                @console-draft=${(event: DraftEvent) => this.#drafted(conversationId, event.body)}
                @console-cancel-reply=${() => (this.about = null)}
                @console-edit-last=${this.#editLast}
              ></console-composer>`
            : nothing
        }
      </main>
      ${
        head && this.areDetailsShown
          ? html`<console-details
              .head=${head}
              .conversation=${this.#conversation}
              .ownId=${ownId}
              .inboxName=${this.inboxes.find(({ id }) => id === head.inboxId)?.name ?? ''}
              @console-details=${this.#toggleDetails}
            ></console-details>`
          : nothing
      }
    `
  }

  #nothingOpen(): TemplateResult {
    return html`<main class="nothing">
      <p>Choose a conversation.</p>
      <p class="muted"><kbd>j</kbd> and <kbd>k</kbd> move through the list, <kbd>?</kbd> shows all shortcuts.</p>
    </main>`
  }

  get #head(): ConversationHead | null {
    const { conversationId } = this
    if (!conversationId) return null
    const listed = this.#rows.value?.items.find((item) => item.conversationId === conversationId)
    return this.#thread.value?.head ?? listed ?? null
  }

  readonly #toggleDetails = () => {
    this.areDetailsShown = !this.areDetailsShown
  }

  #move(step: 1 | -1): void {
    const conversationId = this.rows.neighbour(step)
    if (conversationId) location.hash = hrefOf({ page: 'conversations', view: this.view, conversationId })
  }

  #send(body: string): void {
    const { about } = this
    this.about = null
    this.#conversation?.stopTyping()
    if (about?.wish === 'edit') return void this.#try(() => this.#conversation?.messages.edit(about.message.id, body))
    // A refusal shows at the message itself, with a way to try again.
    void this.#conversation?.messages.send({ body, replyToId: about?.message.id }).sent.catch(() => undefined)
  }

  #drafted(conversationId: string, body: string): void {
    // what stands there while a message is changed is no draft
    if (this.about?.wish !== 'edit') drafts.set(conversationId, body)
    if (body) this.#conversation?.startTyping()
    else this.#conversation?.stopTyping()
  }

  readonly #message = ({ wish, message }: MessageWishEvent) => {
    if (wish === 'copy') return void this.#try(() => navigator.clipboard.writeText(message.body))
    if (wish === 'delete') return void this.#try(() => this.#conversation?.messages.delete(message.id))
    this.about = { wish, message }
    this.composer?.focus()
  }

  readonly #editLast = () => {
    const last = this.#thread.value?.items.findLast(
      (item) => item.kind === 'message' && item.own && !item.message.deletedAt,
    )
    if (last?.kind === 'message') this.about = { wish: 'edit', message: last.message }
  }

  async #act(act: Act): Promise<void> {
    const conversation = this.#conversation
    if (!conversation || this.acting) return
    this.acting = act
    const acts = {
      assign: () => conversation.assign(this.session.agent.id),
      release: () => conversation.assign(null),
      resolve: () => conversation.resolve(),
      reopen: () => conversation.reopen(),
    } satisfies Record<Act, () => Promise<void>>
    if ((await this.#try(acts[act])) && act === 'resolve')
      this.dispatchEvent(new ToastEvent('Conversation resolved', 'good'))
    this.acting = null
  }

  /** Says why when it does not work. */
  async #try(work: () => Promise<void> | undefined): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      this.dispatchEvent(new ToastEvent(refusal(error), 'bad'))
      return false
    }
  }

  /** Only for their names; who may not list them sees none. */
  async #loadInboxes(): Promise<void> {
    this.inboxes = await this.agent.inboxes.list().catch(() => [])
  }
}
