import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AgentConversation, ContactRecord, ConversationHead, PageVisit } from '../../sdk/agent.js'
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
      .pages {
        white-space: pre-line;
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
  @property({ attribute: false }) conversation!: AgentConversation
  @property() ownId = ''
  /** Empty when it is not known. */
  @property() inboxName = ''

  /** Null until they have come, and where they could not be read. */
  @state() private contact: ContactRecord | null = null
  @state() private pages: readonly PageVisit[] = []

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('head')
    // the head moves with each message, and visitors with it
    if (changed.has('head') && before?.conversationId !== this.head.conversationId)
      [this.contact, this.pages] = [null, []]
    const isNews = before?.seq !== this.head.seq || before.internalSeq !== this.head.internalSeq
    if (changed.has('head') && isNews) void this.#read(this.conversation)
  }

  async #read(conversation: AgentConversation): Promise<void> {
    const [contact, pages] = await Promise.all([
      conversation.contact().catch(() => this.contact),
      conversation.pages().catch(() => this.pages),
    ])
    if (conversation === this.conversation) [this.contact, this.pages] = [contact, pages]
  }

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
          ${entry('Contact', contactName(head.contact))} ${this.#known()}
          ${head.subject ? entry('Subject', head.subject) : nothing}
          ${this.inboxName ? entry('Inbox', this.inboxName) : nothing} ${entry('Status', statusName(head))}
          ${entry('Assignee', assigneeLabel(head, this.ownId))} ${entry('Started', fullTime(head.createdAt))}
          ${entry('Messages', String(head.messageNo))} ${entry('Contact id', head.contact.id, 'id')}
          ${entry('Conversation id', head.conversationId, 'id')}
        </dl>
      </aside>
    `
  }

  #known(): TemplateResult | typeof nothing {
    const { contact, pages } = this
    if (!contact) return nothing
    const { email, verified, externalId, consentedAt, attributes } = contact
    return html`
      ${email ? entry('E-mail', verified ? `${email} (proved by the site)` : email) : nothing}
      ${externalId ? entry('Id on the site', externalId, 'id') : nothing}
      ${consentedAt ? entry('Consented', fullTime(consentedAt)) : nothing}
      ${Object.entries(attributes).map(([name, value]) => entry(name, String(value)))}
      ${pages.length ? entry('On the site', pages.map(({ url, title }) => (title ? `${title} · ${url}` : url)).join('\n'), 'pages') : nothing}
    `
  }
}

const entry = (name: string, value: string, look = ''): TemplateResult =>
  html`<div>
    <dt>${name}</dt>
    <dd class=${look}>${value}</dd>
  </div>`
