import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { ClipboardCopy } from './clipboard-copy.js'
import { controls } from './controls.styles.js'
import { InboxSecretEvent } from './events.js'

/** The secret of an inbox, which is asked for and seen on request alone. Raises `InboxSecretEvent`. */
@customElement('console-inbox-secret')
export class ConsoleInboxSecret extends LitElement {
  static override styles = [
    controls,
    css`
      section {
        display: grid;
        gap: 8px;
        justify-items: start;
      }
      h3 {
        font-size: 14px;
      }
      output {
        padding: 9px 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--page);
        font-family: ui-monospace, Menlo, Consolas, monospace;
        font-size: 12.5px;
        overflow-wrap: anywhere;
      }
      .warning {
        color: var(--warn);
      }
    `,
  ]

  readonly #copied = new ClipboardCopy(this)

  /** Null until it was asked for and has come. */
  @property() secret: string | null = null
  /** Why it did not come. */
  @property() problem = ''
  @query('output') private readonly output!: HTMLElement

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('secret')) this.#copied.forget()
  }

  protected override render(): TemplateResult {
    return html`<section aria-label="Inbox secret">
      <h3>Inbox secret</h3>
      <p class="muted">Your server signs with it who a visitor is, by <em>createIdentityToken</em>.</p>
      ${
        this.secret === null
          ? html`<button type="button" @click=${() => this.dispatchEvent(new InboxSecretEvent())}>Show secret</button>`
          : html`<output>${this.secret}</output>
              <p class="warning">Whoever has it can be any visitor. Keep it on your server, never in a page.</p>
              <button type="button" @click=${() => this.#copied.copy(this.secret!, this.output)}>
                ${this.#copied.label('Copy secret')}
              </button>`
      }
      ${this.#copied.isRefused ? html`<p role="status">It is selected: press Ctrl+C.</p>` : nothing}
      <p class="refusal" role="alert" ?hidden=${!this.problem}>${this.problem}</p>
    </section>`
  }
}
