import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { controls } from './controls.styles.js'
import type { Tone } from './events.js'
import { icons } from './icons.js'

const STAY_MS = 6_000
const MOST = 3

interface Toast {
  id: number
  text: string
  tone: Tone
}

/** Lines that tell how an act went and leave by themselves; they stay while the pointer rests on them. */
@customElement('console-toasts')
export class ConsoleToasts extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        position: fixed;
        inset: auto 16px calc(16px + env(safe-area-inset-bottom)) auto;
        z-index: 10;
        display: grid;
        gap: 8px;
        justify-items: end;
        pointer-events: none;
      }
      p {
        display: flex;
        align-items: center;
        gap: 8px;
        max-width: min(420px, calc(100vw - 32px));
        padding: 6px 6px 6px 14px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--raised);
        box-shadow: 0 8px 24px var(--shade);
        pointer-events: auto;
        animation: arrive var(--motion);
      }
      .good > svg {
        color: var(--good);
      }
      .bad > svg {
        color: var(--bad);
      }
      @keyframes arrive {
        from {
          opacity: 0;
          transform: translateY(6px);
        }
      }
      @media (max-width: 720px) {
        :host {
          inset: calc(12px + env(safe-area-inset-top)) 16px auto;
          justify-items: center;
        }
      }
    `,
  ]

  @state() private toasts: readonly Toast[] = []
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>()
  #lastId = 0

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  /** Shows a line; one that already stands there is renewed instead of said twice. */
  show(text: string, tone: Tone): void {
    for (const same of this.toasts.filter((toast) => toast.text === text)) this.#leave(same.id)
    const toast = { id: ++this.#lastId, text, tone }
    this.toasts = [...this.toasts, toast].slice(-MOST)
    this.#leaveLater(toast.id)
  }

  protected override render(): TemplateResult {
    return html`<div role="status" aria-live="polite">
      ${repeat(
        this.toasts,
        ({ id }) => id,
        ({ id, text, tone }) =>
          html`<p
            class=${tone}
            @pointerenter=${() => clearTimeout(this.#timers.get(id))}
            @pointerleave=${() => this.#leaveLater(id)}
          >
            ${tone === 'good' ? icons.done : icons.warning}<span>${text}</span>
            <button class="quiet icon" aria-label="Dismiss" @click=${() => this.#leave(id)}>${icons.close}</button>
          </p>`,
      )}
    </div>`
  }

  #leaveLater(id: number): void {
    this.#timers.set(
      id,
      setTimeout(() => this.#leave(id), STAY_MS),
    )
  }

  #leave(id: number): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
    this.toasts = this.toasts.filter((toast) => toast.id !== id)
  }
}
