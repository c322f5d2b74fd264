import { html, LitElement, type TemplateResult } from 'lit'
import { lateTexts as texts } from './locale/late-texts.js'
import { themeStyles } from './theme.styles.js'
import { toastStyles } from './toast.styles.js'

/** What somebody said while the panel was closed. Raises `toast-open` and `toast-dismiss`. */
export class ParleyToast extends LitElement {
  static override styles = [themeStyles, toastStyles]
  static override properties = { author: {}, body: {} }

  author = ''
  body = ''

  constructor() {
    super()
    this.role = 'status'
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#raise('dismiss')
    })
  }

  override render(): TemplateResult {
    return html`
      <button type="button" class="said" @click=${() => this.#raise('open')}>
        <b dir="auto">${this.author}</b><span dir="auto">${this.body}</span>
      </button>
      <button type="button" class="dismiss" aria-label=${texts.dismiss} @click=${() => this.#raise('dismiss')}>
        ×
      </button>
    `
  }

  #raise(wish: 'open' | 'dismiss'): void {
    this.dispatchEvent(new Event(`toast-${wish}`))
  }
}

customElements.define('parley-toast', ParleyToast)
