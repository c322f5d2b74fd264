import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import type {
  AgentClient,
  AgentSession,
  ConnectionState,
  ConversationListView,
  ListedConversation,
} from '../../sdk/agent.js'
import { controls } from './controls.styles.js'
import type { ToastEvent } from './events.js'
import { type RailView, RouteController } from './router.js'
import { shellStyles } from './shell.styles.js'
import { ShortcutController } from './shortcut-controller.js'
import type { ConsoleShortcutsHelp } from './shortcuts-help.js'
import { StoreController } from './store-controller.js'
import type { ConsoleToasts } from './toasts.js'
import { viewNames } from './wording.js'
import './desk.js'
import './inboxes.js'
import './rail.js'
import './shortcuts-help.js'
import './toasts.js'

type ListSnapshot = ReturnType<ConversationListView['store']['getSnapshot']>

/** Everything an agent sees once signed in: the rail, and the page that the address names. Raises `SignOutEvent`. */
@customElement('console-shell')
export class ConsoleShell extends LitElement {
  static override styles = [controls, shellStyles]

  readonly #router = new RouteController(this)
  readonly #connection = new StoreController<ConnectionState>(this)
  readonly #openList = new StoreController<ListSnapshot>(this)
  readonly #lists = new Map<RailView, ConversationListView>()

  @property({ attribute: false }) agent!: AgentClient
  @property({ attribute: false }) session!: AgentSession

  @query('console-toasts') private readonly toasts!: ConsoleToasts
  @query('console-shortcuts-help') private readonly help!: ConsoleShortcutsHelp

  constructor() {
    super()
    new ShortcutController(this, { help: () => this.help.show() })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.title = 'Parley console'
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('agent')) return
    this.#lists.clear()
    this.#connection.follow(this.agent.connection)
    const open = this.#listOf('open')
    this.#openList.follow(open.store, () => open.open())
  }

  protected override render(): TemplateResult {
    const { route } = this.#router
    const hasDetail = route.page === 'inboxes' ? route.inboxId !== null : route.conversationId !== null
    return html`
      <console-rail
        class=${hasDetail ? 'tucked' : ''}
        .route=${route}
        .agent=${this.session.agent}
        .workspaceName=${this.session.workspace.name}
        .connection=${this.#connection.value}
        .counts=${this.#counts()}
        @console-help=${() => this.help.show()}
      ></console-rail>
      <div class="page" @console-toast=${(event: ToastEvent) => this.toasts.show(event.text, event.tone)}>
        ${
          route.page === 'inboxes'
            ? html`<console-inboxes
                .agent=${this.agent}
                .session=${this.session}
                .inboxId=${route.inboxId}
              ></console-inboxes>`
            : html`<console-desk
                .agent=${this.agent}
                .session=${this.session}
                .view=${route.view}
                .list=${this.#listOf(route.view)}
                .conversationId=${route.conversationId}
                .phase=${this.#connection.value?.phase ?? 'idle'}
              ></console-desk>`
        }
      </div>
      <console-toasts></console-toasts>
      <console-shortcuts-help></console-shortcuts-help>
    `
  }

  protected override updated(): void {
    const { route } = this.#router
    const unread = this.#ownItems().reduce((sum, item) => sum + item.unread, 0)
    const name = route.page === 'inboxes' ? 'Inboxes' : viewNames[route.view]
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${name} · Parley`
  }

  #listOf(view: RailView): ConversationListView {
    const list = this.#lists.get(view) ?? this.agent.list(view)
    this.#lists.set(view, list)
    return list
  }

  /** What waits for this agent: theirs and nobody's. */
  #ownItems(): ListedConversation[] {
    const items = this.#openList.value?.items ?? []
    return items.filter(({ assigneeId }) => assigneeId === null || assigneeId === this.session.agent.id)
  }

  /** Counted over the open list; "50+" while there is more of it than is loaded. */
  #counts(): Partial<Record<RailView, string>> {
    const list = this.#openList.value
    if (!list || (list.isLoading && list.items.length === 0)) return {}
    const more = list.hasMore ? '+' : ''
    const counted = (items: ListedConversation[]) => `${items.length}${more}`
    return {
      open: counted(list.items),
      mine: counted(list.items.filter(({ assigneeId }) => assigneeId === this.session.agent.id)),
      unassigned: counted(list.items.filter(({ assigneeId }) => assigneeId === null)),
    }
  }
}
