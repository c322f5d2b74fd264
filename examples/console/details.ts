import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ConversationHead } from '../../sdk/agent.js'
import { controls } from './controls.styles.js'
import { DetailsEvent } from './events.js'
import { icons } from './icons.js'
import { fullTime } from './time.js'
import { assigneeLabel, contactName, statusName } from './wording.js'

/** What is known about a conversation and its contact. Raises `DetailsEvent` to be closed. */
@customElement('console-details')
export class ConsoleDetails extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        overflow-y: auto;
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        height: 56px;
        padding: 0 10px 0 18px;
        border-bottom: 1px solid var(--line);
      }
      h2 {
        font-size: 14px;
      }
      dl {
        display: grid;
        gap: 14px;
        padding: 16px 18px;
      }
      dt {
        color: var(--muted);
        font-size: 12px;
      }
      dd {
        overflow-wrap: anywhere;
      }
      .id {
        font:
          12px/1.5 ui-monospace,
          'SF Mono',
          Menlo,
          Consolas,
          monospace;
        user-select: all;
      }
    `,
  ]

  @property({ attribute: false }) head!: ConversationHead
  @property() ownId = ''
  /** Empty when it is not known. */
  @property() inboxName = ''

  protected override render(): TemplateResult {
    const { head } = this
    return html`
      <aside aria-label="Details">
        <header>
          <h2>Details</h2>
          <button class="quiet icon" aria-label="Close details" @click=${() => this.dispatchEvent(new DetailsEvent())}>
            ${icons.close}
          </button>
        </header>
        <dl>
          ${entry('Contact', contactName(head.contact))} ${head.subject ? entry('Subject', head.subject) : nothing}
          ${this.inboxName ? entry('Inbox', this.inboxName) : nothing} ${entry('Status', statusName(head))}
          ${entry('Assignee', assigneeLabel(head, this.ownId))} ${entry('Started', fullTime(head.createdAt))}
          ${entry('Messages', String(head.messageNo))} ${entry('Contact id', head.contact.id, 'id')}
          ${entry('Conversation id', head.conversationId, 'id')}
        </dl>
      </aside>
    `
  }
}

const entry = (name: string, value: string, look = ''): TemplateResult =>
  html`<div>
    <dt>${name}</dt>
    <dd class=${look}>${value}</dd>
  </div>`
