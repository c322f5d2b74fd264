import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { type ConversationHead, MAX_BODY_CHARS } from '../../sdk/agent.js'
import { composerStyles } from './composer.styles.js'
import { controls } from './controls.styles.js'
import { DraftEvent, SendEvent } from './events.js'
import { icons } from './icons.js'
import { contactName } from './wording.js'

/** From here on the rest is counted down. */
const COUNT_FROM = MAX_BODY_CHARS - 500

/** Where a reply is written. Enter sends, Shift+Enter starts a line. Raises `SendEvent`, `DraftEvent`. */
@customElement('console-composer')
export class ConsoleComposer extends LitElement {
  static override styles = [controls, composerStyles]

  @property() conversationId = ''
  @property({ attribute: false }) head!: ConversationHead
  @property() ownId = ''
  @property({ type: Boolean }) isOffline = false
  /** What was left unsent here; read when the conversation changes. */
  @property() draft = ''

  @state() private body = ''

  @query('textarea') private readonly field!: HTMLTextAreaElement

  override focus(): void {
    this.field.focus()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('conversationId')) this.body = this.draft
  }

  protected override render(): TemplateResult {
    const left = MAX_BODY_CHARS - this.body.length
    const hint = this.#hint()
    return html`
      ${hint ? html`<p id="hint" class="hint">${hint}</p>` : nothing}
      <form @submit=${this.#submit}>
        <textarea
          rows="1"
          aria-label="Reply"
          aria-describedby=${hint ? 'hint' : nothing}
          placeholder="Reply to ${contactName(this.head.contact)}"
          enterkeyhint="send"
          maxlength=${MAX_BODY_CHARS}
          .value=${this.body}
          @input=${this.#typed}
          @keydown=${this.#pressed}
        ></textarea>
        <button class="primary icon" aria-label="Send" title="Send (Enter)" ?disabled=${!this.body.trim()}>
          ${icons.send}
        </button>
      </form>
      ${left < MAX_BODY_CHARS - COUNT_FROM ? html`<p class="hint" role="status">${left} characters left</p>` : nothing}
    `
  }

  protected override updated(): void {
    this.field.style.height = 'auto'
    this.field.style.height = `${this.field.scrollHeight + 2}px`
  }

  #hint(): string {
    const { status, assigneeId, assigneeName } = this.head
    if (this.isOffline) return 'You are offline. What you send goes out once you are back.'
    if (status === 'resolved') return 'This conversation is resolved. A reply does not reopen it.'
    if (assigneeId === null) return 'Your reply assigns this conversation to you.'
    return assigneeId === this.ownId ? '' : `${assigneeName || 'Another agent'} has this conversation.`
  }

  readonly #typed = () => {
    this.body = this.field.value
    this.dispatchEvent(new DraftEvent(this.body))
  }

  readonly #pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') this.field.blur()
    // Enter that ends a word of an input method is not ours.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#submit(event)
  }

  readonly #submit = (event: Event) => {
    event.preventDefault()
    const body = this.body.trim()
    if (!body || !this.dispatchEvent(new SendEvent(body))) return
    this.body = ''
    this.dispatchEvent(new DraftEvent(''))
    this.focus()
  }
}
