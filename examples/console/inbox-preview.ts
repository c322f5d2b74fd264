import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import type { InboxSettings } from '../../sdk/agent.js'
import { controls } from './controls.styles.js'
import { inboxPreviewStyles } from './inbox-preview.styles.js'
import { type Look, previewPage } from './preview-page.js'

/** Typing goes on this long after the last key; each look is a new element in the frame. */
const SETTLE_MS = 150
const SCREENS = { Computer: { width: 560, height: 700 }, Phone: { width: 375, height: 700 } }

/** The widget itself with settings that need not be saved, in a page of its own that connects to nothing. */
@customElement('console-inbox-preview')
export class ConsoleInboxPreview extends LitElement {
  static override styles = [controls, inboxPreviewStyles]

  @property({ attribute: false }) settings!: InboxSettings
  /** An inbox whose script the server has; null while there is none. */
  @property({ attribute: false }) inboxKey: string | null = null

  @state() private isOpen = true
  @state() private isDark = matchMedia('(prefers-color-scheme: dark)').matches
  @state() private screen: keyof typeof SCREENS = 'Computer'
  @state() private isBroken = false
  @query('iframe') private readonly frame!: HTMLIFrameElement | null
  @query('.box') private readonly box!: HTMLElement

  #show: ((look: Look) => void) | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #resized = new ResizeObserver(() => this.#fit())

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
    this.#resized.disconnect()
  }

  protected override updated(changed: PropertyValues): void {
    this.#resized.observe(this.box)
    this.#fit()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#show?.(this.#look), changed.has('settings') ? SETTLE_MS : 0)
  }

  protected override render(): TemplateResult {
    const address = this.#scriptAddress
    return html`
      <section aria-label="Preview">
        <header>
          <h3>Preview</h3>
          ${this.#switch(['Open', 'Closed'], this.isOpen ? 'Open' : 'Closed', (name) => (this.isOpen = name === 'Open'))}
          ${this.#switch(['Light', 'Dark'], this.isDark ? 'Dark' : 'Light', (name) => (this.isDark = name === 'Dark'))}
          ${this.#switch(['Computer', 'Phone'], this.screen, (name) => (this.screen = name as keyof typeof SCREENS))}
        </header>
        <div class="box">
          ${
            address && !this.isBroken
              ? keyed(
                  address,
                  // nothing in it takes the focus, or is used
                  html`<iframe
                    inert
                    class=${this.isDark ? 'dark' : 'light'}
                    title="How the chat will look"
                    @load=${() => this.#fill(address)}
                  ></iframe>`,
                )
              : nothing
          }
        </div>
        <p class="muted" role=${this.isBroken ? 'alert' : nothing}>
          ${
            this.isBroken
              ? 'The preview could not be loaded.'
              : address
                ? 'As it will look once saved; it is not connected.'
                : 'There is a preview once the first inbox exists.'
          }
        </p>
      </section>
    `
  }

  #switch<T extends string>(names: readonly T[], chosen: T, choose: (name: T) => void): TemplateResult {
    return html`<div class="switch" role="group" aria-label=${names.join(' or ')}>
      ${names.map(
        (name) =>
          html`<button type="button" aria-pressed=${name === chosen} @click=${() => choose(name)}>${name}</button>`,
      )}
    </div>`
  }

  /** The launcher's words come with the script, in the language that it was asked for. */
  get #scriptAddress(): string | null {
    const { locale } = this.settings
    const language = locale === 'auto' ? '' : `&locale=${locale}`
    return this.inboxKey && `${location.origin}/widget.js?inbox=${encodeURIComponent(this.inboxKey)}${language}`
  }

  get #look(): Look {
    const { settings, isOpen, isDark } = this
    return { settings, isOpen, isDark }
  }

  async #fill(address: string): Promise<void> {
    const { frame } = this
    this.#show = null
    if (!frame) return
    try {
      const show = await previewPage(frame, address)
      if (frame !== this.frame) return
      this.#show = show
      show(this.#look)
    } catch {
      this.isBroken = true
    }
  }

  /** A screen as wide as the widget needs it, made as large as there is room. */
  #fit(): void {
    const { width, height } = SCREENS[this.screen]
    const { frame, box } = this
    const scale = Math.min(1, box.clientWidth / width)
    box.style.height = `${height * scale}px`
    if (!frame) return
    Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, scale: `${scale}` })
  }
}
