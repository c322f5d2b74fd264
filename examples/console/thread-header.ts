import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ConversationHead, PersonPresence } from '../../sdk/agent.js'
import { controls } from './controls.styles.js'
import { type Act, ActEvent, DetailsEvent } from './events.js'
import { icons } from './icons.js'
import { NowController } from './now-controller.js'
import { threadHeaderStyles } from './thread-header.styles.js'
import { assigneeLabel, contactName, presenceLine, statusName } from './wording.js'

/** Who this conversation is with, and what one may do to it. Raises `ActEvent`, `DetailsEvent`. */
@customElement('console-thread-header')
export class ConsoleThreadHeader extends LitElement {
  static override styles = [controls, threadHeaderStyles]

  readonly #clock = new NowController(this)

  /** Null until it is known. */
  @property({ attribute: false }) head: ConversationHead | null = null
  /** Whether the contact is there; null while that is not known. */
  @property({ attribute: false }) presence: PersonPresence | null = null
  @property() ownId = ''
  /** The act under way; meanwhile no other starts. */
  @property({ attribute: false }) acting: Act | null = null
  @property({ type: Boolean }) areDetailsShown = false
  /** Where the list is, on a screen too small for both. */
  @property() backHref = ''

  protected override render(): TemplateResult {
    const { head, presence } = this
    return html`
      <a class="button quiet icon back" href=${this.backHref} aria-label="Back to the list">${icons.back}</a>
      <div class="who">
        <div class="name">
          <h2>${head ? contactName(head.contact) : nothing}</h2>
          ${presence ? html`<span class="presence ${presence.state}">${presenceLine(presence, this.#clock.now)}</span>` : nothing}
        </div>
        <p class="muted">${head ? `${statusName(head)} · ${this.#assignment(head)}` : nothing}</p>
      </div>
      ${head ? this.#acts(head) : nothing}
    `
  }

  #assignment(head: ConversationHead): string {
    const label = assigneeLabel(head, this.ownId)
    return head.assigneeId === null ? label : `Assigned to ${label === 'You' ? 'you' : label}`
  }

  #acts(head: ConversationHead): TemplateResult {
    return html`
      ${head.assigneeId === this.ownId ? this.#act('release', 'Release', 'a') : this.#act('assign', 'Assign to me', 'a', 'Assign')}
      ${head.status === 'resolved' ? this.#act('reopen', 'Reopen', 'e') : this.#act('resolve', 'Resolve', 'e')}
      <button
        class="quiet icon"
        aria-label="Details"
        aria-pressed=${this.areDetailsShown}
        title="Details (d)"
        @click=${() => this.dispatchEvent(new DetailsEvent())}
      >
        ${icons.details}
      </button>
    `
  }

  /** `short` is what there is room for on a phone. */
  #act(act: Act, label: string, key: string, short = label): TemplateResult {
    return html`<button
      class=${act === 'resolve' ? 'primary' : ''}
      title="${label} (${key})"
      aria-label=${label}
      aria-keyshortcuts=${key}
      ?disabled=${this.acting !== null}
      @click=${() => this.dispatchEvent(new ActEvent(act))}
    >
      <span class="long">${label}</span><span class="short">${short}</span>
    </button>`
  }
}
