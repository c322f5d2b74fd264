import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { MAX_BODY_CHARS } from '../sdk/index.js'
import { composerStyles } from './composer.styles.js'
import { ChatSendEvent } from './events.js'
import { icon } from './icons.js'
import { texts } from './locale/texts.js'
import { themeStyles } from './theme.styles.js'

/** From here on it says how many characters are left. */
const NEAR_LIMIT = 200

/** Where one writes: Enter sends, Shift+Enter begins a line; buttons that come late are its children. Raises `chat-send`. */
export class ParleyComposer extends LitElement {
  static override styles = [themeStyles, composerStyles]
  static override properties = { text: {} }

  /** What stands in it. */
  text = ''

  get #field(): HTMLTextAreaElement {
    return this.renderRoot.querySelector('textarea')!
  }

  override focus(): void {
    this.#field.focus()
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('text')) return
    const field = this.#field
    if (field.value !== this.text) field.value = this.text
    // measured from one line, so that it also shrinks
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight + 2}px`
  }

  override render(): TemplateResult {
    const left = MAX_BODY_CHARS - this.text.length
    return html`
      <form @submit=${this.#submit}>
        <textarea
          rows="1"
          aria-label=${texts.launcher.message}
          aria-describedby="left"
          aria-invalid=${left < 0}
          placeholder=${texts.launcher.message}
          enterkeyhint="send"
          @input=${this.#typed}
          @keydown=${this.#key}
        ></textarea>
        <slot></slot>
        <button aria-label=${texts.send} ?disabled=${!this.#isSendable}>${icon('send')}</button>
      </form>
      <p id="left" class=${left < 0 ? 'over' : ''} role="status" ?hidden=${left > NEAR_LIMIT}>
        ${left > NEAR_LIMIT ? nothing : texts.remaining(left)}
      </p>
    `
  }

  get #isSendable(): boolean {
    return this.text.trim() !== '' && this.text.length <= MAX_BODY_CHARS
  }

  #typed(): void {
    this.text = this.#field.value
  }

  #key(event: KeyboardEvent): void {
    // 229: Safari ends a composition before its Enter is told
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    this.#submit(event)
  }

  #submit(event: Event): void {
    event.preventDefault()
    this.send()
  }

  /** Sends what stands in it, where that can be. */
  send(): void {
    if (!this.#isSendable) return
    if (this.dispatchEvent(new ChatSendEvent(this.text.trim()))) this.text = ''
    this.focus()
  }
}

customElements.define('parley-composer', ParleyComposer)
