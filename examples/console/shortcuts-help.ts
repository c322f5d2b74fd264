import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, query } from 'lit/decorators.js'
import { controls } from './controls.styles.js'
import { dialogStyles } from './dialog.styles.js'
import { icons } from './icons.js'
import { composerKeys, shortcuts } from './shortcuts.js'

/** The list of shortcuts, in a dialog. */
@customElement('console-shortcuts-help')
export class ConsoleShortcutsHelp extends LitElement {
  static override styles = [
    controls,
    dialogStyles,
    css`
      dialog {
        width: min(420px, calc(100vw - 32px));
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        margin-bottom: 8px;
      }
      h2 {
        font-size: 16px;
      }
      h3 {
        margin: 14px 0 4px;
        color: var(--muted);
        font-size: 12px;
        font-weight: 600;
      }
      li {
        display: flex;
        justify-content: space-between;
        padding: 4px 0;
      }
      kbd {
        min-width: 24px;
        padding: 1px 7px;
        border: 1px solid var(--line);
        border-bottom-width: 2px;
        border-radius: 6px;
        background: var(--page);
        font: inherit;
        font-size: 12px;
        text-align: center;
      }
    `,
  ]

  @query('dialog') private readonly dialog!: HTMLDialogElement

  show(): void {
    if (!this.dialog.open) this.dialog.showModal()
  }

  protected override render(): TemplateResult {
    return html`
      <dialog aria-labelledby="title" @click=${this.#closeOutside}>
        <header>
          <h2 id="title">Keyboard shortcuts</h2>
          <button class="quiet icon" aria-label="Close" @click=${() => this.dialog.close()}>${icons.close}</button>
        </header>
        <h3>Anywhere</h3>
        <ul>
          ${Object.entries(shortcuts).map(([key, { label }]) => row(label, [key]))}
        </ul>
        <h3>While writing</h3>
        <ul>
          ${composerKeys.map(({ label, keys }) => row(label, keys))}
        </ul>
      </dialog>
    `
  }

  #closeOutside(event: MouseEvent): void {
    if (event.target === this.dialog && event.detail > 0) {
      const { left, right, top, bottom } = this.dialog.getBoundingClientRect()
      const isInside =
        event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom
      if (!isInside) this.dialog.close()
    }
  }
}

const row = (label: string, keys: readonly string[]): TemplateResult =>
  html`<li>
    <span>${label}</span><span>${keys.map((key, index) => html`${index > 0 ? ' + ' : ''}<kbd>${key}</kbd>`)}</span>
  </li>`
