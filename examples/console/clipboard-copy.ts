import { html, type ReactiveControllerHost, type TemplateResult } from 'lit'
import { icons } from './icons.js'

/** Puts what a part shows into the clipboard, and keeps how that went. */
export class ClipboardCopy {
  readonly #host: ReactiveControllerHost
  #outcome: 'none' | 'copied' | 'refused' = 'none'

  constructor(host: ReactiveControllerHost) {
    this.#host = host
  }

  get isCopied(): boolean {
    return this.#outcome === 'copied'
  }

  /** The browser does not let us; what is shown is selected then, so that Ctrl+C copies it. */
  get isRefused(): boolean {
    return this.#outcome === 'refused'
  }

  /** `text` is what `shown` holds. Never rejects. */
  async copy(text: string, shown: Element): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      this.#outcome = 'copied'
    } catch {
      getSelection()?.selectAllChildren(shown)
      this.#outcome = 'refused'
    }
    this.#host.requestUpdate()
  }

  /** Something else is shown. Call before the part is drawn. */
  forget(): void {
    this.#outcome = 'none'
  }

  /** What stands on the button. */
  label(wish: string): TemplateResult {
    return this.isCopied ? html`${icons.done}Copied` : html`${icons.copy}${wish}`
  }
}
