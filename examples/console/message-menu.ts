import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ThreadItem } from '../../sdk/agent.js'
import { controls } from './controls.styles.js'
import { CloseMenuEvent, MessageWishEvent, type MessageWish, ReactEvent } from './events.js'
import { messageMenuStyles } from './message-menu.styles.js'

const QUICK_EMOJI = ['👍', '❤️', '😂', '🎉', '🙏', '👀']

/** What may be done to one message. Arrow keys move, Escape closes. Raises `ReactEvent`, `MessageWishEvent`, `CloseMenuEvent`. */
@customElement('console-message-menu')
export class ConsoleMessageMenu extends LitElement {
  static override styles = [controls, messageMenuStyles]

  @property({ attribute: false }) item!: Extract<ThreadItem, { kind: 'message' }>
  @property({ type: Boolean }) mayDelete = false
  /** A deletion is for good, so it is asked twice. */
  @state() private isSure = false

  override focus(): void {
    this.#buttons[0]?.focus()
  }

  protected override firstUpdated(): void {
    this.focus()
    this.scrollIntoView({ block: 'nearest' })
    this.addEventListener('keydown', this.#pressed)
    this.addEventListener('focusout', this.#left)
  }

  protected override render(): TemplateResult {
    return html`<div role="menu" aria-label="Message">
      <div class="emojis" role="group" aria-label="React">
        ${QUICK_EMOJI.map((emoji) => {
          const isOwn = this.item.reactions?.some((reaction) => reaction.own && reaction.emoji === emoji) ?? false
          return html`<button
            role="menuitemcheckbox"
            aria-checked=${isOwn}
            aria-label="React with ${emoji}"
            @click=${() => this.#react(emoji, !isOwn)}
          >
            ${emoji}
          </button>`
        })}
      </div>
      ${this.#wish('reply', 'Reply')} ${this.#wish('copy', 'Copy text')}
      ${this.item.own ? this.#wish('edit', 'Edit') : nothing}
      ${
        this.mayDelete
          ? html`<button
              role="menuitem"
              class="bad"
              @click=${() => (this.isSure ? this.#ask('delete') : (this.isSure = true))}
            >
              ${this.isSure ? 'Delete for everyone?' : 'Delete'}
            </button>`
          : nothing
      }
    </div>`
  }

  #wish(wish: MessageWish, label: string): TemplateResult {
    return html`<button role="menuitem" @click=${() => this.#ask(wish)}>${label}</button>`
  }

  #react(emoji: string, isOn: boolean): void {
    this.dispatchEvent(new ReactEvent(this.item.message.id, emoji, isOn))
    this.dispatchEvent(new CloseMenuEvent())
  }

  #ask(wish: MessageWish): void {
    this.dispatchEvent(new CloseMenuEvent())
    this.dispatchEvent(new MessageWishEvent(wish, this.item.message))
  }

  get #buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll('button')]
  }

  readonly #left = (event: FocusEvent) => {
    if (event.relatedTarget !== this) this.dispatchEvent(new CloseMenuEvent(false))
  }

  readonly #pressed = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }
    const step = steps[event.key]
    if (event.key !== 'Escape' && !step) return
    event.preventDefault()
    event.stopPropagation()
    if (!step) return void this.dispatchEvent(new CloseMenuEvent())
    const buttons = this.#buttons
    const at = buttons.indexOf(this.shadowRoot!.activeElement as HTMLButtonElement)
    buttons.at((at + step) % buttons.length)?.focus()
  }
}
