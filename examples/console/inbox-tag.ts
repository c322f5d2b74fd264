import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import type { Inbox } from '../../sdk/agent.js'
import { ClipboardCopy } from './clipboard-copy.js'
import { controls } from './controls.styles.js'
import { icons } from './icons.js'

/** The script tag of an inbox, ready to copy, and who may use it. */
@customElement('console-inbox-tag')
export class ConsoleInboxTag extends LitElement {
  static override styles = [
    controls,
    css`
      section {
        display: grid;
        gap: 8px;
      }
      h3 {
        font-size: 14px;
      }
      pre {
        margin: 0;
        padding: 12px 14px;
        overflow-x: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--page);
        font:
          12.5px/1.5 ui-monospace,
          'SF Mono',
          Menlo,
          Consolas,
          monospace;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .warning {
        display: flex;
        gap: 8px;
        padding: 9px 12px;
        border-radius: var(--radius);
        background: var(--warn-soft);
        color: var(--warn);
      }
      .warning svg {
        margin-top: 1px;
      }
    `,
  ]

  readonly #copied = new ClipboardCopy(this)

  @property({ attribute: false }) inbox!: Inbox

  @query('code') private readonly code!: HTMLElement

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('inbox')
    if (before && before.id !== this.inbox.id) this.#copied.forget()
  }

  protected override render(): TemplateResult {
    const { key, allowedOrigins } = this.inbox
    return html`
      <section aria-label="Add it to a site">
        <h3>Add it to a site</h3>
        <p class="muted">Paste this line anywhere into the page.</p>
        <pre tabindex="0"><code>${this.#tag}</code></pre>
        <div class="acts">
          <button class="primary" @click=${() => this.#copied.copy(this.#tag, this.code)}>
            ${this.#copied.label('Copy tag')}
          </button>
          <a class="button" href="/?inbox=${encodeURIComponent(key)}" target="_blank" rel="noopener"
            >Open the demo page</a
          >
        </div>
        <p class="visually-hidden" role="status">${this.#copied.isCopied ? 'The tag is in your clipboard.' : ''}</p>
        ${this.#copied.isRefused ? html`<p role="status">Your browser does not let us copy. The line is selected: press Ctrl+C.</p>` : nothing}
        ${
          allowedOrigins.length === 0
            ? html`<p class="warning">
                ${icons.warning}<span>Any site may embed this inbox. Name your sites below before you go live.</span>
              </p>`
            : nothing
        }
      </section>
    `
  }

  get #tag(): string {
    return `<script src="${location.origin}/widget.js?inbox=${encodeURIComponent(this.inbox.key)}" async></script>`
  }
}
