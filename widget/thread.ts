import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { Thread } from '../sdk/index.js'
import { ScrollAnchor } from './controllers/scroll-anchor.js'
import { ChatAskEvent } from './events.js'
import { icon } from './icons.js'
import { KeyedRows } from './keyed-rows.js'
import { texts } from './locale/en.js'
import { type Extras, message, type MessageOptions } from './message.js'
import { messageStyles } from './message.styles.js'
import { type Row, toRows } from './rows.js'
import { themeStyles } from './theme.styles.js'
import { threadStyles } from './thread.styles.js'

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
    isAway: { state: true },
    hasNew: { state: true },
    spoken: { state: true },
  }

  #rows: Row[] = []
  #drawn = new KeyedRows()
  #anchor = new ScrollAnchor(this, () => this.#scroller)

  thread: Thread | null = null
  /** First line in an empty thread. */
  greeting = ''
  inboxName = ''
  /** Nothing is known yet: shows where messages will be. */
  waits = false
  /** Why there is nothing to show, to be tried again. */
  trouble = ''
  extras: Extras | null = null

  private isAway = false
  private hasNew = false
  /** Spoken by a screen reader, once: what others said since the thread was drawn. */
  private spoken = ''

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller')
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('thread')
    const last = this.thread?.items.at(-1)
    if (!before || !last || last.key === before.items.at(-1)?.key) return
    if (before.conversationId && before.conversationId !== this.thread!.conversationId) return
    if (last.kind === 'activity') return
    if (last.own) return this.#anchor.toEnd()
    if (before.isLoading) return
    const { author, body } = last.message
    this.spoken = texts.said(author.name || this.inboxName, body)
    this.hasNew = !this.#anchor.isAtEnd
  }

  override update(changed: PropertyValues<this>): void {
    super.update(changed)
    const options = this.#messageOptions()
    const drawn = this.#rows.map((row) =>
      row.kind === 'line' ? { key: row.key, look: 'line', content: row.text } : message(row, options),
    )
    this.#drawn.draw(this.renderRoot.querySelector('.rows')!, drawn)
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('thread')) return
    this.#see()
    if (this.#scroller && this.#scroller.scrollHeight <= this.#scroller.clientHeight) this.#askEarlier()
  }

  override render(): TemplateResult {
    const { thread } = this
    const rows = (this.#rows = toRows(thread?.items ?? [], Date.now()))
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
      ${this.isAway ? this.#jump() : nothing}
      <div class="unseen" role="status">${this.spoken}</div>
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
      <button type="button" class="pill" @click=${() => this.dispatchEvent(new ChatAskEvent('chat-reload'))}>
        ${texts.tryAgain}
      </button>
    </div>`
  }

  #jump(): TemplateResult {
    return html`<button
      type="button"
      class="jump"
      aria-label=${this.hasNew ? texts.news : texts.latest}
      @click=${this.#toEnd}
    >
      ${this.hasNew ? texts.news : nothing}${icon('down')}
    </button>`
  }

  #toEnd(): void {
    this.#anchor.toEnd()
    this.#scroller?.focus()
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller!
    this.isAway = !this.#anchor.isAtEnd
    this.#see()
    if (scrollHeight - clientHeight + scrollTop < EARLIER_PX) this.#askEarlier()
  }

  #askEarlier(): void {
    if (this.thread?.hasEarlier && !this.thread.isLoadingEarlier) this.dispatchEvent(new ChatAskEvent('chat-earlier'))
  }

  #see(): void {
    if (!this.#anchor.isAtEnd) return
    this.hasNew = false
    this.dispatchEvent(new ChatAskEvent('chat-read'))
  }
}

customElements.define('parley-thread', ParleyThread)
