import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { Thread } from '../sdk/index.js'
import { ChatAskEvent } from './events.js'
import { KeyedRows } from './keyed-rows.js'
import { texts } from './locale/texts.js'
import { type Extras, message, type MessageOptions } from './message.js'
import { messageStyles } from './message.styles.js'
import { type Row, toRows } from './rows.js'
import { themeStyles } from './theme.styles.js'
import { threadStyles } from './thread.styles.js'

/** Nearer to the end than this counts as being at it. */
const END_PX = 48
/** Nearer to the top than this, what is earlier is fetched. */
const EARLIER_PX = 240

/** What was said and what happened, newest at the bottom. Raises `chat-earlier`, `chat-read`, `chat-reload`, `chat-retry`, `chat-discard`. */
export class ParleyThread extends LitElement {
  static override styles = [themeStyles, threadStyles, messageStyles]

  static override properties = {
    thread: {},
    greeting: {},
    inboxName: {},
    waits: {},
    trouble: {},
    extras: {},
    divider: {},
  }

  #rows: Row[] = []
  #drawn = new KeyedRows()

  thread: Thread | null = null
  /** First line in an empty thread. */
  greeting = ''
  inboxName = ''
  /** Nothing is known yet: shows where messages will be. */
  waits = false
  /** Why there is nothing to show, to be tried again. */
  trouble = ''
  extras: Extras | null = null
  /** Which of the rows are drawn: the newest, until code comes late that follows the reader. */
  slice = (rows: Row[]): Row[] => rows.slice(-40)
  /** A line above the row of this key. */
  divider: { key: string; text: string } | null = null

  get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller')
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('thread')
    const last = this.thread?.items.at(-1)
    if (!before || !last || last.key === before.items.at(-1)?.key) return
    if (last.kind !== 'activity' && last.own) this.toEnd()
  }

  override update(changed: PropertyValues<this>): void {
    super.update(changed)
    const options = this.#messageOptions()
    const drawn = this.slice(this.#rows).map((row) =>
      row.kind === 'line'
        ? { key: row.key, look: row.key === 'divider' ? 'line divider' : 'line', content: row.text }
        : message(row, options),
    )
    this.#drawn.draw(this.renderRoot.querySelector('.rows')!, drawn)
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('thread')) return
    this.#see()
    if (this.scroller && this.scroller.scrollHeight <= this.scroller.clientHeight) this.#askEarlier()
  }

  override render(): TemplateResult {
    const { thread } = this
    const rows = (this.#rows = toRows(thread?.items ?? [], Date.now(), this.divider))
    const isWaiting = (this.waits || thread?.isLoading) && rows.length === 0
    return html`
      <div
        class="scroller"
        tabindex="0"
        role="log"
        aria-live="off"
        aria-label=${texts.messages}
        @scroll=${this.#scrolled}
      >
        <div class="rows">
          ${this.trouble && rows.length === 0 ? this.#sorry() : isWaiting ? this.#bones() : this.#opening(rows)}
          <i></i>
        </div>
      </div>
    `
  }

  #messageOptions(): MessageOptions {
    const { thread, inboxName, extras } = this
    const own = thread?.items.findLast((item) => item.kind === 'message' && item.own)
    const ownMark = own?.kind === 'message' ? { key: own.key, text: texts[own.state] } : null
    return { inboxName, ownMark, extras }
  }

  /** What stands above the first row: that there is more, or the greeting. */
  #opening(rows: Row[]): TemplateResult {
    if (this.thread?.isLoadingEarlier) return html`<div class="bone" role="status" aria-label=${texts.loading}></div>`
    if (this.thread?.hasEarlier)
      return html`<button type="button" class="pill" @click=${this.#askEarlier}>${texts.earlier}</button>`
    return html`<div class="row first last greeting">
      ${rows.length ? nothing : html`<span class="author">${this.inboxName}</span>`}
      <div class="bubble"><div dir="auto" class="text">${this.greeting}</div></div>
    </div>`
  }

  #bones(): TemplateResult {
    return html`<div class="bones" role="status" aria-label=${texts.loading}>
      <div class="bone"></div>
      <div class="bone short"></div>
      <div class="bone mine"></div>
    </div>`
  }

  #sorry(): TemplateResult {
    return html`<div class="sorry" role="alert">
      <p>${this.trouble}</p>
      <button
        type="button"
        class="pill"
        ?disabled=${this.thread?.isLoading}
        @click=${() => this.dispatchEvent(new ChatAskEvent('chat-reload'))}
      >
        ${texts.tryAgain}
      </button>
    </div>`
  }

  /** Whether the newest is in sight. */
  get isAtEnd(): boolean {
    return !this.scroller || this.scroller.scrollTop > -END_PX
  }
  toEnd(): void {
    if (this.scroller) this.scroller.scrollTop = 0
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller!
    this.#see()
    if (scrollHeight - clientHeight + scrollTop < EARLIER_PX) this.#askEarlier()
  }

  #askEarlier(): void {
    if (this.thread?.hasEarlier && !this.thread.isLoadingEarlier && !this.hasAttribute('cut'))
      this.dispatchEvent(new ChatAskEvent('chat-earlier'))
  }

  #see(): void {
    if (this.isAtEnd) this.dispatchEvent(new ChatAskEvent('chat-read'))
  }
}

customElements.define('parley-thread', ParleyThread)
