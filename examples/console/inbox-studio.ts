import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { Inbox } from '../../sdk/agent.js'
import { controls } from './controls.styles.js'
import { dialogStyles } from './dialog.styles.js'
import { type FieldsEvent, InboxSaveEvent } from './events.js'
import type { FormState } from './field.js'
import type { ConsoleInboxForm } from './inbox-form.js'
import {
  blankInbox,
  changedFields,
  changesOf,
  fieldProblems,
  type InboxFields,
  fieldsOf,
  originsOf,
  settingsOf,
} from './inbox-fields.js'
import { inboxStudioStyles } from './inbox-studio.styles.js'
import { fieldList } from './inbox-wording.js'
import { LeaveGuard } from './leave-guard.js'
import { refusal } from './wording.js'
import './inbox-form.js'
import './inbox-preview.js'
import './inbox-secret.js'
import './inbox-tag.js'

/** Where an inbox is made or changed, beside what becomes of it. Raises `InboxSaveEvent`, `InboxSecretEvent`. */
@customElement('console-inbox-studio')
export class ConsoleInboxStudio extends LitElement {
  static override styles = [controls, dialogStyles, inboxStudioStyles]

  /** Null for a new one. */
  @property({ attribute: false }) inbox: Inbox | null = null
  /** An inbox whose script shows the preview. */
  @property({ attribute: false }) previewKey: string | null = null
  /** Why the last save was refused. */
  @property({ attribute: false }) error: unknown = null
  @property({ type: Boolean }) isSaving = false
  /** Null until it was asked for. */
  @property() secret: string | null = null
  @property() secretProblem = ''

  @state() private fields: InboxFields = blankInbox
  @state() private isNameMissing = false
  @query('console-inbox-form') private readonly form!: ConsoleInboxForm
  @query('dialog') private readonly dialog!: HTMLDialogElement

  #leave = () => {}

  constructor() {
    super()
    new LeaveGuard(
      this,
      () => this.#changed.length > 0 && !this.isSaving,
      (leave) => {
        this.#leave = leave
        if (!this.dialog.open) this.dialog.showModal()
      },
    )
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('inbox')) this.#reset()
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('error') && this.error) void this.form.focusProblem()
  }

  protected override render(): TemplateResult {
    return html`
      <div class="settings">
        <form novalidate aria-label="Inbox" @submit=${this.#submit}>
          <console-inbox-form
            .fields=${this.fields}
            .problems=${this.#problems}
            @console-fields=${this.#edit}
            @keydown=${this.#key}
          ></console-inbox-form>
          ${this.#footer()}
        </form>
        ${
          this.inbox
            ? html`<section class="developers" aria-label="For developers">
                <console-inbox-tag .inbox=${this.inbox}></console-inbox-tag>
                <console-inbox-secret .secret=${this.secret} .problem=${this.secretProblem}></console-inbox-secret>
              </section>`
            : nothing
        }
      </div>
      <console-inbox-preview .settings=${settingsOf(this.fields)} .inboxKey=${this.previewKey}></console-inbox-preview>
      <dialog aria-labelledby="leave" @close=${() => (this.#leave = () => {})}>
        <h3 id="leave">Leave without saving?</h3>
        <p>What you changed is lost then: ${fieldList(this.#changed)}.</p>
        <footer>
          <button @click=${() => this.dialog.close()}>Keep editing</button>
          <button class="primary" @click=${this.#leaveAfterAll}>Leave</button>
        </footer>
      </dialog>
    `
  }

  #footer(): TemplateResult {
    const changed = this.#changed
    const isUnplaced = this.error && Object.keys(fieldProblems(this.error)).length === 0
    return html`
      ${isUnplaced ? html`<p class="refusal" role="alert">${refusal(this.error)}</p>` : nothing}
      <footer>
        <button class="primary" ?disabled=${this.isSaving || changed.length === 0}>
          ${this.isSaving ? 'Saving…' : this.inbox ? 'Save' : 'Create inbox'}
        </button>
        <button type="button" ?disabled=${this.isSaving || changed.length === 0} @click=${this.#reset}>Reset</button>
        <span class="muted" role="status"
          >${this.inbox && changed.length ? `Not saved yet: ${fieldList(changed)}` : ''}</span
        >
      </footer>
    `
  }

  get #saved(): InboxFields {
    return this.inbox ? fieldsOf(this.inbox) : blankInbox
  }

  get #changed() {
    return changedFields(this.#saved, this.fields)
  }

  get #problems(): FormState['problems'] {
    const problems = fieldProblems(this.error)
    return this.isNameMissing ? { ...problems, name: 'A name is missing.' } : problems
  }

  readonly #reset = () => {
    this.fields = this.#saved
    this.isNameMissing = false
  }

  readonly #edit = ({ changes }: FieldsEvent) => {
    this.fields = { ...this.fields, ...changes }
  }

  /** The fields are in a shadow root of their own, out of which Enter submits nothing. */
  readonly #key = (event: KeyboardEvent) => {
    const field = event.composedPath()[0]
    if (event.key !== 'Enter' || event.isComposing) return
    if (field instanceof HTMLInputElement && field.type !== 'color') this.#submit(event)
  }

  readonly #submit = (event: Event) => {
    event.preventDefault()
    if (this.isSaving || this.#changed.length === 0) return
    this.isNameMissing = !this.fields.name.trim()
    if (this.isNameMissing) return void this.form.focusProblem()
    // As it is sent, so that a refusal by line names the line one sees.
    this.fields = { ...this.fields, origins: originsOf(this.fields.origins).join('\n') }
    this.dispatchEvent(new InboxSaveEvent(changesOf(this.inbox && this.#saved, this.fields), this.#changed))
  }

  readonly #leaveAfterAll = () => {
    const leave = this.#leave
    this.#reset()
    this.dialog.close()
    leave()
  }
}
