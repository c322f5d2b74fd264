import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { ConnectionState, ConversationListView, ListedConversation } from '../../sdk/agent.js'
import { controls } from './controls.styles.js'
import { LoadMoreEvent, TryAgainEvent } from './events.js'
import { listStyles } from './list.styles.js'
import { NowController } from './now-controller.js'
import type { RailView } from './router.js'
import { row } from './row.js'
import { rowStyles } from './row.styles.js'
import { steadyOrder } from './steady-order.js'
import { refusal, viewNames } from './wording.js'

/** After a move of the pointer, how long rows keep their places. */
const HOLD_MS = 1_500

const idOf = (item: ListedConversation) => item.conversationId

const emptyLine: Record<RailView, string> = {
  open: 'No open conversations. New ones appear here by themselves.',
  mine: 'Nothing is assigned to you. Press a on a conversation to take it.',
  unassigned: 'Nobody is waiting.',
  resolved: 'Nothing has been resolved yet.',
}

/** The conversations of one view, newest activity first. Raises `LoadMoreEvent`, `TryAgainEvent`. */
@customElement('console-list')
export class ConsoleList extends LitElement {
  static override styles = [controls, listStyles, rowStyles]

  readonly #clock = new NowController(this)
  #rows: ListedConversation[] = []
  #place = -1
  #hold: ReturnType<typeof setTimeout> | undefined

  @property() view: RailView = 'open'
  @property({ attribute: false }) list: ReturnType<ConversationListView['store']['getSnapshot']> | undefined
  @property() selectedId: string | null = null
  @property() ownId = ''
  @property() phase: ConnectionState['phase'] = 'idle'

  /** The conversation after (1) or before (-1) the selected one; beside its old place when it has left the list. */
  neighbour(step: 1 | -1): string | null {
    const selected = this.#rows.findIndex((item) => idOf(item) === this.selectedId)
    const wanted = selected >= 0 ? selected + step : step > 0 ? Math.max(this.#place, 0) : this.#place - 1
    const place = Math.min(Math.max(wanted, 0), this.#rows.length - 1)
    return this.#rows[place]?.conversationId ?? null
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#hold)
    this.#hold = undefined
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const fresh = this.list?.items ?? []
    const isHeld = this.#hold !== undefined && !changed.has('view')
    this.#rows = isHeld ? steadyOrder(fresh, this.#rows.map(idOf), idOf) : [...fresh]
    const selected = this.#rows.findIndex((item) => idOf(item) === this.selectedId)
    if (selected >= 0) this.#place = selected
    else if (changed.has('view')) this.#place = -1
  }

  protected override render(): TemplateResult {
    return html`
      <header><h1>${viewNames[this.view]}</h1></header>
      <div class="rows" @pointermove=${this.#holdStill} @pointerdown=${this.#holdStill}>${this.#body()}</div>
    `
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('selectedId')) this.renderRoot.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }

  #body(): TemplateResult {
    const { error, isLoading = true, hasMore = false } = this.list ?? {}
    const rows = this.#rows
    if (rows.length === 0) {
      if (error) return html`<div class="line" role="alert">${this.#failed(refusal(error))}</div>`
      if (['offline', 'reconnecting', 'auth-required'].includes(this.phase))
        return html`<p class="line muted">No connection. The list comes as soon as there is one.</p>`
      if (isLoading || !['live', 'degraded'].includes(this.phase))
        return html`<div class="skeleton" aria-busy="true" aria-label="Loading">
          ${[1, 2, 3, 4].map(() => html`<i></i>`)}
        </div>`
      return html`<p class="line muted">${emptyLine[this.view]}</p>`
    }
    return html`
      <ul>
        ${repeat(rows, idOf, (item) =>
          row(item, { view: this.view, selectedId: this.selectedId, ownId: this.ownId, now: this.#clock.now }),
        )}
      </ul>
      ${error ? html`<div class="line" role="alert">${this.#failed('This list may be out of date.')}</div>` : nothing}
      ${
        hasMore
          ? html`<p class="line">
              <button ?disabled=${isLoading} @click=${() => this.dispatchEvent(new LoadMoreEvent())}>
                ${isLoading ? 'Loading…' : 'Load more'}
              </button>
            </p>`
          : nothing
      }
    `
  }

  #failed(text: string): TemplateResult {
    const { isLoading = false } = this.list ?? {}
    return html`<p>${text}</p>
      <button ?disabled=${isLoading} @click=${() => this.dispatchEvent(new TryAgainEvent())}>Try again</button>`
  }

  readonly #holdStill = () => {
    clearTimeout(this.#hold)
    this.#hold = setTimeout(() => {
      this.#hold = undefined
      this.requestUpdate()
    }, HOLD_MS)
  }
}
