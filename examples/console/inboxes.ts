import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AgentClient, AgentSession, Inbox } from '../../sdk/agent.js'
import { controls } from './controls.styles.js'
import { type InboxSaveEvent, ToastEvent } from './events.js'
import { icons } from './icons.js'
import { inboxesStyles } from './inboxes.styles.js'
import { fieldList } from './inbox-wording.js'
import { hrefOf } from './router.js'
import { refusal } from './wording.js'
import './inbox-studio.js'

/** The inboxes of the workspace and the one that is being edited; carries out what its parts ask. Raises `ToastEvent`. */
@customElement('console-inboxes')
export class ConsoleInboxes extends LitElement {
  static override styles = [controls, inboxesStyles]

  @property({ attribute: false }) agent!: AgentClient
  @property({ attribute: false }) session!: AgentSession
  /** `new` while one is being made; null for the list alone. */
  @property() inboxId: string | null = null

  /** Undefined until they have come. */
  @state() private inboxes: readonly Inbox[] | undefined
  @state() private loadError: unknown = null
  @state() private saveError: unknown = null
  @state() private isSaving = false
  /** Of the inbox that is being edited, once it was asked for; an error where it did not come. */
  @state() private secret: { text: string } | { problem: string } | null = null

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('agent') && this.#mayEdit) void this.#load()
    if (!changed.has('inboxId')) return
    this.saveError = this.secret = null
    this.isSaving = false
  }

  protected override render(): TemplateResult {
    if (!this.#mayEdit)
      return html`<main class="alone">
        <h1>Inboxes</h1>
        <p class="muted">
          Inboxes are looked after by the administrators of ${this.session.workspace.name}. Ask one of them for a
          change.
        </p>
      </main>`
    if (this.loadError)
      return html`<main class="alone">
        <p role="alert">${refusal(this.loadError)}</p>
        <button @click=${() => this.#load()}>Try again</button>
      </main>`
    if (!this.inboxes) return html`<main class="alone muted" aria-busy="true">Loading…</main>`
    return html`
      <section class="list ${this.inboxId ? 'behind' : ''}" aria-label="Inboxes">
        <header>
          <h1>Inboxes</h1>
          <a class="button" href=${hrefOf({ page: 'inboxes', inboxId: 'new' })}>${icons.add}New inbox</a>
        </header>
        ${this.inboxes.length === 0 ? html`<p class="line muted">An inbox is where a site's visitors arrive. Make the first one.</p>` : nothing}
        <ul>
          ${this.inboxes.map((inbox) => this.#row(inbox))}
        </ul>
      </section>
      ${this.#detail()}
    `
  }

  #row({ id, name, settings, allowedOrigins }: Inbox): TemplateResult {
    return html`<li>
      <a
        class="inbox"
        href=${hrefOf({ page: 'inboxes', inboxId: id })}
        aria-current=${id === this.inboxId ? 'true' : nothing}
      >
        <svg viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="6.5" fill=${settings.color} /></svg>
        <span>${name}</span>
        <small
          >${allowedOrigins.length === 0 ? 'Any site' : `${allowedOrigins.length} ${allowedOrigins.length === 1 ? 'site' : 'sites'}`}</small
        >
      </a>
    </li>`
  }

  #detail(): TemplateResult {
    if (this.inboxId === null)
      return html`<main class="detail nothing muted"><p>Choose an inbox, or make one.</p></main>`
    const inbox = this.inboxes?.find(({ id }) => id === this.inboxId) ?? null
    if (!inbox && this.inboxId !== 'new')
      return html`<main class="detail nothing">
        <p>There is no such inbox. <a href=${hrefOf({ page: 'inboxes', inboxId: null })}>See all inboxes</a></p>
      </main>`
    return html`
      <main
        class="detail"
        @console-inbox-save=${(event: InboxSaveEvent) => this.#save(inbox, event)}
        @console-inbox-secret=${() => inbox && this.#readSecret(inbox)}
      >
        <header>
          <a
            class="button quiet icon back"
            href=${hrefOf({ page: 'inboxes', inboxId: null })}
            aria-label="Back to the list"
            >${icons.back}</a
          >
          <h2>${inbox?.name ?? 'New inbox'}</h2>
        </header>
        <console-inbox-studio
          .inbox=${inbox}
          .previewKey=${(inbox ?? this.inboxes?.[0])?.key ?? null}
          .error=${this.saveError}
          .isSaving=${this.isSaving}
          .secret=${this.secret && 'text' in this.secret ? this.secret.text : null}
          .secretProblem=${this.secret && 'problem' in this.secret ? this.secret.problem : ''}
        ></console-inbox-studio>
      </main>
    `
  }

  get #mayEdit(): boolean {
    return ['admin', 'owner'].includes(this.session.agent.role)
  }

  async #load(): Promise<void> {
    this.loadError = null
    try {
      this.inboxes = await this.agent.inboxes.list()
    } catch (error) {
      this.loadError = error
    }
  }

  async #save(inbox: Inbox | null, { changes, fields }: InboxSaveEvent): Promise<void> {
    this.isSaving = true
    this.saveError = null
    try {
      const { inboxes } = this.agent
      const saved = inbox ? await inboxes.update(inbox.id, changes) : await inboxes.create(changes)
      const others = this.inboxes ?? []
      this.inboxes = inbox ? others.map((other) => (other.id === saved.id ? saved : other)) : [...others, saved]
      this.dispatchEvent(new ToastEvent(inbox ? `Saved: ${fieldList(fields)}` : 'Inbox created', 'good'))
      // still saving until the new one is shown: there is nothing to lose on the way
      if (!inbox) return void (location.hash = hrefOf({ page: 'inboxes', inboxId: saved.id }))
    } catch (error) {
      this.saveError = error
    }
    this.isSaving = false
  }

  async #readSecret({ id }: Inbox): Promise<void> {
    const secret = await this.agent.inboxes.secret(id).then(
      (text) => ({ text }),
      (error: unknown) => ({ problem: refusal(error) }),
    )
    if (id === this.inboxId) this.secret = secret
  }
}
