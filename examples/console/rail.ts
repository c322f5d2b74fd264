import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { AgentSession, ConnectionState } from '../../sdk/agent.js'
import { controls } from './controls.styles.js'
import { HelpEvent, SignOutEvent } from './events.js'
import { icons } from './icons.js'
import { railStyles } from './rail.styles.js'
import { hrefOf, type RailView, railViews, type Route } from './router.js'
import { connectionLine, viewNames } from './wording.js'

/** The views, the state of the connection and who is signed in. Raises `HelpEvent`, `SignOutEvent`. */
@customElement('console-rail')
export class ConsoleRail extends LitElement {
  static override styles = [controls, railStyles]

  @property({ attribute: false }) route!: Route
  @property({ attribute: false }) agent!: AgentSession['agent']
  @property() workspaceName = ''
  @property({ attribute: false }) connection: ConnectionState | undefined
  /** Conversations per view, where known. */
  @property({ attribute: false }) counts: Partial<Record<RailView, string>> = {}

  protected override render(): TemplateResult {
    const { tone, text } = connectionLine[this.connection?.phase ?? 'idle']
    return html`
      <header>
        <strong>${this.workspaceName}</strong>
        <span class="connection ${tone}" role="status">${text}</span>
        <button class="quiet icon narrow" aria-label="Sign out" @click=${this.#signOut}>${icons.signOut}</button>
      </header>
      <nav aria-label="Views">
        <ul>
          ${railViews.map((view) => this.#viewLink(view))}
          <li class="apart">
            ${this.#link({ page: 'inboxes', inboxId: null }, this.route.page === 'inboxes', icons.inboxes, 'Inboxes')}
          </li>
        </ul>
      </nav>
      <footer>
        <p title=${this.agent.email}>${this.agent.name || this.agent.email}</p>
        <button class="quiet icon" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)" @click=${this.#help}>
          ${icons.help}
        </button>
        <button class="quiet icon" aria-label="Sign out" title="Sign out" @click=${this.#signOut}>
          ${icons.signOut}
        </button>
      </footer>
    `
  }

  #viewLink(view: RailView): TemplateResult {
    const isCurrent = this.route.page === 'conversations' && this.route.view === view
    const to: Route = { page: 'conversations', view, conversationId: null }
    return html`<li>${this.#link(to, isCurrent, icons[view], viewNames[view], this.counts[view])}</li>`
  }

  #link(to: Route, isCurrent: boolean, icon: TemplateResult, name: string, count?: string): TemplateResult {
    return html`<a href=${hrefOf(to)} aria-current=${isCurrent ? 'page' : nothing}>
      ${icon}<span class="name">${name}</span
      >${count && count !== '0' ? html`<span class="count">${count}</span>` : nothing}
    </a>`
  }

  readonly #signOut = () => this.dispatchEvent(new SignOutEvent())
  readonly #help = () => this.dispatchEvent(new HelpEvent())
}
