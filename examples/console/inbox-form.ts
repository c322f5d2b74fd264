import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { defaultInboxSettings, type Inbox, type InboxSettings, MAX_NAME_CHARS } from '../../sdk/agent.js'
import { lookOf } from './contrast.js'
import { controls } from './controls.styles.js'
import { InboxSaveEvent } from './events.js'
import { inboxFormStyles } from './inbox-form.styles.js'
import { blankInbox, type InboxFields, fieldProblems, fieldsOf, originsOf } from './inbox-fields.js'
import { refusal } from './wording.js'

/** Everything about an inbox that its administrators decide. Raises `InboxSaveEvent`. */
@customElement('console-inbox-form')
export class ConsoleInboxForm extends LitElement {
  static override styles = [controls, inboxFormStyles]

  /** Null for a new one. */
  @property({ attribute: false }) inbox: Inbox | null = null
  /** Why the last save was refused. */
  @property({ attribute: false }) error: unknown = null
  @property({ type: Boolean }) isSaving = false

  @state() private fields: InboxFields = blankInbox
  @state() private isNameMissing = false
  @query('.sample') private readonly sample!: HTMLElement
  @query('#name') private readonly name!: HTMLInputElement
  @query('[aria-invalid="true"]') private readonly firstInvalid!: HTMLElement | null

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('inbox')) this.fields = this.inbox ? fieldsOf(this.inbox) : blankInbox
  }

  protected override updated(changed: PropertyValues<this>): void {
    // By script: the page's policy refuses style attributes.
    const look = lookOf(this.fields.color)
    this.sample.style.background = look ? this.fields.color : ''
    this.sample.style.color = look?.letters ?? ''
    if (changed.has('error') && this.error) this.firstInvalid?.focus()
  }

  protected override render(): TemplateResult {
    const problems = fieldProblems(this.error)
    const isUnplaced = this.error && Object.keys(problems).length === 0
    return html`
      <form novalidate @submit=${this.#submit} aria-label="Inbox">
        ${this.#text('name', 'Name', 'For your team only.', this.isNameMissing ? 'A name is missing.' : problems.name)}
        ${this.#text('title', 'Title', 'Stands at the top of the chat.', problems.title)}
        ${this.#area('greeting', 'Greeting', 'The first line a visitor reads.', 2, problems.greeting)}
        ${this.#color(problems.color)} ${this.#position()}
        ${this.#area(
          'origins',
          'Allowed sites',
          'One origin a line, such as https://shop.example. Empty means any site.',
          3,
          problems.origins,
        )}
        ${isUnplaced ? html`<p class="refusal" role="alert">${refusal(this.error)}</p>` : nothing}
        <footer>
          <button class="primary" ?disabled=${this.isSaving || !this.#isChanged}>
            ${this.isSaving ? 'Saving…' : this.inbox ? 'Save' : 'Create inbox'}
          </button>
          ${this.inbox && this.#isChanged ? html`<span class="muted">Not saved yet</span>` : nothing}
        </footer>
      </form>
    `
  }

  #text(id: 'name' | 'title', label: string, hint: string, problem = ''): TemplateResult {
    return this.#field(
      id,
      label,
      hint,
      problem,
      html`<input
        id=${id}
        maxlength=${MAX_NAME_CHARS}
        autocomplete="off"
        .value=${this.fields[id]}
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby="${id}-hint ${id}-problem"
        @input=${(event: InputEvent) => this.#set(id, event)}
      />`,
    )
  }

  #area(id: 'greeting' | 'origins', label: string, hint: string, rows: number, problem = ''): TemplateResult {
    return this.#field(
      id,
      label,
      hint,
      problem,
      html`<textarea
        id=${id}
        rows=${rows}
        spellcheck=${id === 'greeting'}
        .value=${this.fields[id]}
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby="${id}-hint ${id}-problem"
        @input=${(event: InputEvent) => this.#set(id, event)}
      ></textarea>`,
    )
  }

  #color(problem = ''): TemplateResult {
    const { color } = this.fields
    const look = lookOf(color)
    const hint = !look
      ? 'Six hex digits, such as #3b5bdb.'
      : look.isSeenOnWhite
        ? `Letters on it are ${look.letters} (${look.contrast.toFixed(1)} : 1).`
        : `Hard to see on a white page. Letters on it are ${look.letters} (${look.contrast.toFixed(1)} : 1).`
    return this.#field(
      'color',
      'Colour',
      hint,
      problem,
      html`<div class="color">
        <input
          type="color"
          aria-label="Pick a colour"
          .value=${look ? color : defaultInboxSettings.color}
          @input=${(event: InputEvent) => this.#set('color', event)}
        />
        <input
          id="color"
          maxlength="7"
          spellcheck="false"
          autocomplete="off"
          .value=${color}
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby="color-hint color-problem"
          @input=${(event: InputEvent) => this.#set('color', event)}
        />
        <span class="sample" aria-hidden="true">Hello!</span>
      </div>`,
    )
  }

  #position(): TemplateResult {
    return html`<fieldset>
      <legend>Position</legend>
      ${(['left', 'right'] as const).map(
        (position) =>
          html`<label class="choice">
            <input
              type="radio"
              name="position"
              value=${position}
              .checked=${this.fields.position === position}
              @change=${() => this.#choose(position)}
            />${position === 'left' ? 'Bottom left' : 'Bottom right'}
          </label>`,
      )}
    </fieldset>`
  }

  #field(id: string, label: string, hint: string, problem: string, control: TemplateResult): TemplateResult {
    return html`<div class="field">
      <label for=${id}>${label}</label>
      ${control}
      <p id="${id}-hint" class="muted">${hint}</p>
      <p id="${id}-problem" class="refusal" ?hidden=${!problem}>${problem}</p>
    </div>`
  }

  get #isChanged(): boolean {
    const before = this.inbox ? fieldsOf(this.inbox) : blankInbox
    return (Object.keys(before) as (keyof InboxFields)[]).some((key) => before[key] !== this.fields[key])
  }

  #set(id: Exclude<keyof InboxFields, 'position'>, event: InputEvent): void {
    this.fields = { ...this.fields, [id]: (event.target as HTMLInputElement).value }
  }

  #choose(position: InboxSettings['position']): void {
    this.fields = { ...this.fields, position }
  }

  readonly #submit = (event: SubmitEvent) => {
    event.preventDefault()
    const { name, title, greeting, color, position, origins } = this.fields
    this.isNameMissing = !name.trim()
    if (this.isNameMissing) return this.name.focus()
    // As it is sent, so that a refusal by line names the line one sees.
    this.fields = { ...this.fields, origins: originsOf(origins).join('\n') }
    this.dispatchEvent(
      new InboxSaveEvent({
        name: name.trim(),
        allowedOrigins: originsOf(origins),
        settings: { title: title.trim(), greeting: greeting.trim(), color: color.trim(), position },
      }),
    )
  }
}
