import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { type ConversationHead, MAX_BODY_CHARS, type Message } from '../../sdk/agent.js'
import { quote } from './bubble.js'
import { composerStyles } from './composer.styles.js'
import { controls } from './controls.styles.js'
import { CancelReplyEvent, DraftEvent, EditLastEvent, SendEvent } from './events.js'
import { icons } from './icons.js'
import { contactName } from './wording.js'

/** From here on the rest is counted down. */
const COUNT_FROM = MAX_BODY_CHARS - 500

export interface About {
  wish: 'reply' | 'edit'
  message: Message
}

/** Where a reply is written. Enter sends, Shift+Enter starts a line. Raises `SendEvent`, `DraftEvent`, `CancelReplyEvent`, `EditLastEvent`. */
@customElement('console-composer')
export class ConsoleComposer extends LitElement {
  static override styles = [controls, composerStyles]

  @property() conversationId = ''
  @property({ attribute: false }) head!: ConversationHead
  @property() ownId = ''
  @property({ type: Boolean }) isOffline = false
  /** What was left unsent here; read when the conversation changes. */
  @property() draft = ''
  /** The message that is answered or changed. */
  @property({ attribute: false }) about: About | null = null

  @state() private body = ''

  @query('textarea') private readonly field!: HTMLTextAreaElement

  override focus(): void {
    this.field.focus()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('about')
    if (changed.has('conversationId') || before?.wish === 'edit') this.body = this.draft
    if (changed.has('about') && this.about?.wish === 'edit') this.body = this.about.message.body
  }

  protected override render(): TemplateResult {
    const left = MAX_BODY_CHARS - this.body.length
    const hint = this.#hint()
    return html`
      ${hint ? html`<p id="hint" class="hint">${hint}</p>` : nothing}
      ${
        this.about
          ? html`<p class="about">
              <span><b>${this.about.wish === 'edit' ? 'Editing' : 'Replying to'}</b> ${quote(this.about.message)}</span>
              <button class="quiet icon" aria-label="Cancel" @click=${this.#cancel}>${icons.close}</button>
            </p>`
          : nothing
      }
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
    if (this.isOffline) return 'No connection. What you send is kept, and goes out once there is one.'
    if (status === 'resolved') return 'This conversation is resolved. A reply does not reopen it.'
    if (assigneeId === null) return 'Your reply assigns this conversation to you.'
    return assigneeId === this.ownId ? '' : `${assigneeName || 'Another agent'} has this conversation.`
  }

  readonly #typed = () => {
    this.body = this.field.value
    this.dispatchEvent(new DraftEvent(this.body))
  }

  readonly #cancel = () => {
    this.dispatchEvent(new CancelReplyEvent())
    this.focus()
  }

  readonly #pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && this.about) return this.#cancel()
    if (event.key === 'Escape') this.field.blur()
    if (event.key === 'ArrowUp' && !this.body) {
      event.preventDefault()
      this.dispatchEvent(new EditLastEvent())
    }
    // Enter that ends a word of an input method is not ours.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#submit(event)
  }

  readonly #submit = (event: Event) => {
    event.preventDefault()
    const body = this.body.trim()
    const isEdit = this.about?.wish === 'edit'
    if (!body || !this.dispatchEvent(new SendEvent(body))) return
    this.body = ''
    if (!isEdit) this.dispatchEvent(new DraftEvent(''))
    this.focus()
  }
}
