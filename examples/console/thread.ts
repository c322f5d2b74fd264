import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { Thread } from '../../sdk/agent.js'
import { AttentionController } from './attention-controller.js'
import { bubble } from './bubble.js'
import { controls } from './controls.styles.js'
import { type CloseMenuEvent, FailedDraftEvent, LoadMoreEvent, ReactEvent, SeenEvent, TryAgainEvent } from './events.js'
import { icons } from './icons.js'
import { NowController } from './now-controller.js'
import { StickController } from './stick-controller.js'
import { type Line, linesOf } from './thread-lines.js'
import { threadStyles } from './thread.styles.js'
import { fullTime } from './time.js'
import './message-menu.js'
import { refusal } from './wording.js'

/** How near the top asks for older messages, in pixels. */
const EARLIER_PX = 120

/** The messages of one conversation. Raises `LoadMoreEvent`, `FailedDraftEvent`, `SeenEvent`, `TryAgainEvent`. */
@customElement('console-thread')
export class ConsoleThread extends LitElement {
  static override styles = [controls, threadStyles]

  readonly #clock = new NowController(this)
  readonly #attention = new AttentionController(this)
  readonly #stick = new StickController(this, () => this.scroller)
  /** Where reading stopped: on opening, and whenever the agent looks away. Undefined until the thread has come. */
  #unreadAfterSeq: number | null | undefined
  #wasLooking = true
  #seenSeq = 0

  @property() conversationId = ''
  @property({ attribute: false }) thread!: Thread
  @property() ownId = ''
  /** Whether this agent may delete what others wrote. */
  @property({ type: Boolean }) isSupervisor = false

  /** The message whose menu is open. */
  @state() private menuKey = ''

  @query('.scroller') private readonly scroller!: HTMLElement | null

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('conversationId')) {
      this.#unreadAfterSeq = undefined
      this.#seenSeq = 0
      this.#stick.isAtEnd = true
    }
    if (this.#unreadAfterSeq === undefined && this.thread.items.length > 0)
      this.#unreadAfterSeq = this.thread.receipts.find(({ actor }) => actor.id === this.ownId)?.readSeq ?? null
    const { isLooking } = this.#attention
    if (this.#wasLooking && !isLooking && this.thread.items.length > 0) this.#unreadAfterSeq = this.#lastSeq()
    this.#wasLooking = isLooking
    const old = changed.get('thread')
    if (old && this.thread.items.at(-1)?.kind === 'draft' && old.items.length < this.thread.items.length)
      this.#stick.isAtEnd = true
  }

  protected override render(): TemplateResult {
    const { thread } = this
    if (thread.items.length === 0) return html`<div class="empty">${this.#empty()}</div>`
    const lines = linesOf(thread, {
      ownId: this.ownId,
      unreadAfterSeq: this.#unreadAfterSeq ?? null,
      now: this.#clock.now,
    })
    return html`
      <div class="scroller" tabindex="0" role="log" aria-label="Messages" aria-live="polite" @scroll=${this.#scrolled}>
        <div class="lines">
          ${
            thread.hasEarlier
              ? html`<p class="earlier">
                  <button class="quiet" ?disabled=${thread.isLoadingEarlier} @click=${this.#loadEarlier}>
                    ${thread.isLoadingEarlier ? 'Loading…' : 'Load earlier messages'}
                  </button>
                </p>`
              : nothing
          }
          ${repeat(
            lines,
            ({ key }) => key,
            (line) => this.#line(line),
          )}
        </div>
      </div>
      ${
        this.#stick.isAtEnd
          ? nothing
          : html`<button class="jump" @click=${this.#toEnd}>
              ${icons.down}${this.#lastSeq() > this.#seenSeq ? 'New messages' : 'Latest'}
            </button>`
      }
    `
  }

  protected override updated(): void {
    const lastSeq = this.#lastSeq()
    if (!this.#attention.isLooking || !this.#stick.isAtEnd || lastSeq <= this.#seenSeq) return
    this.#seenSeq = lastSeq
    this.dispatchEvent(new SeenEvent())
  }

  #empty(): TemplateResult {
    const { error, isLoading } = this.thread
    if (error)
      return html`<p role="alert">${refusal(error)}</p>
        ${error.code === 'not_found' ? nothing : html`<button ?disabled=${isLoading} @click=${() => this.dispatchEvent(new TryAgainEvent())}>Try again</button>`}`
    const isComing = isLoading || this.thread.head === null
    return html`<p class="muted" aria-busy=${isComing}>${isComing ? 'Loading messages…' : 'No messages yet.'}</p>`
  }

  #line(line: Line): TemplateResult {
    switch (line.kind) {
      case 'day':
        return html`<p class="day" data-line><span>${line.text}</span></p>`
      case 'unread':
        return html`<p class="divider" data-line><span>New</span></p>`
      case 'activity':
        return html`<p class="activity" data-line title=${fullTime(line.at)}>${line.text}</p>`
      case 'bubble':
        return html`<div
          class="said ${line.side} ${line.isFirst ? 'first' : ''} ${line.isLast ? 'last' : ''}"
          data-line
          data-key=${line.key}
        >
          ${bubble(line, {
            failed: (key, wish) => this.dispatchEvent(new FailedDraftEvent(key, wish)),
            react: (...asked) => this.dispatchEvent(new ReactEvent(...asked)),
          })}
          ${this.#menu(line)}
        </div>`
    }
  }

  #menu({ item, key }: Extract<Line, { kind: 'bubble' }>): TemplateResult | typeof nothing {
    if (item.kind === 'draft' || item.message.deletedAt) return nothing
    const isOpen = this.menuKey === key
    return html`<button
        class="more quiet icon"
        aria-label="Message options"
        aria-haspopup="menu"
        aria-expanded=${isOpen}
        @click=${() => (this.menuKey = isOpen ? '' : key)}
        @keydown=${this.#moreKey}
      >
        ${icons.more}
      </button>
      ${
        isOpen
          ? html`<console-message-menu
              .item=${item}
              ?mayDelete=${item.own || this.isSupervisor}
              @console-close-menu=${this.#closeMenu}
            ></console-message-menu>`
          : nothing
      }`
  }

  /** The options of the last message; arrows go on from there. */
  focusMessage(): void {
    const all = this.renderRoot.querySelectorAll<HTMLElement>('.more')
    all[all.length - 1]?.focus()
  }

  readonly #moreKey = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!step) return
    event.preventDefault()
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('.more')]
    all[all.indexOf(event.currentTarget as HTMLElement) + step]?.focus()
  }

  readonly #closeMenu = (event: CloseMenuEvent) => {
    const said = this.renderRoot.querySelector(`[data-key="${this.menuKey}"] .more`)
    this.menuKey = ''
    if (event.isFocusBack) (said as HTMLElement | null)?.focus()
  }

  #lastSeq(): number {
    return this.thread.items.reduce((last, item) => (item.kind === 'message' ? item.message.seq : last), 0)
  }

  readonly #scrolled = () => {
    this.#stick.scrolled()
    if (!this.#stick.isAtEnd && (this.scroller?.scrollTop ?? EARLIER_PX) < EARLIER_PX) this.#loadEarlier()
  }

  readonly #toEnd = () => {
    this.#stick.toEnd()
    this.requestUpdate()
  }

  readonly #loadEarlier = () => {
    if (this.thread.hasEarlier && !this.thread.isLoadingEarlier) this.dispatchEvent(new LoadMoreEvent())
  }
}
