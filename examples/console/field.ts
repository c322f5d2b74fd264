import { html, nothing, type TemplateResult } from 'lit'
import { FieldsEvent } from './events.js'
import type { FieldName, InboxFields } from './inbox-fields.js'
import { fieldLabels } from './inbox-wording.js'

/** What is in the form and what is wrong with it. Each control raises `FieldsEvent`. */
export interface FormState {
  fields: InboxFields
  problems: Partial<Record<FieldName, string>>
}
type FieldOf<T> = { [K in FieldName]: InboxFields[K] extends T ? K : never }[FieldName]

const raise = (event: Event, changes: Partial<InboxFields>) => event.target!.dispatchEvent(new FieldsEvent(changes))
const inputOf = (event: Event) => event.target as HTMLInputElement

/** Label, control, hint and problem of one field. */
export function field(id: FieldName, hint: unknown, { problems }: FormState, control: TemplateResult): TemplateResult {
  const problem = problems[id]
  return html`<div class="field">
    <label for=${id}>${fieldLabels[id]}</label>
    ${control}
    <p id="${id}-hint" class="muted">${hint}</p>
    <p id="${id}-problem" class="refusal" ?hidden=${!problem}>${problem}</p>
  </div>`
}

export function textField(
  id: FieldOf<string> & ('name' | 'title' | 'launcherLabel' | 'color'),
  hint: unknown,
  state: FormState,
  maxChars: number,
): TemplateResult {
  return field(
    id,
    hint,
    state,
    html`<input
      id=${id}
      maxlength=${maxChars}
      autocomplete="off"
      spellcheck=${id === 'title' || id === 'launcherLabel'}
      .value=${state.fields[id]}
      aria-invalid=${state.problems[id] ? 'true' : 'false'}
      aria-describedby="${id}-hint ${id}-problem"
      @input=${(event: Event) => raise(event, { [id]: inputOf(event).value })}
    />`,
  )
}

export function areaField(
  id: 'greeting' | 'origins' | 'consent' | 'awayMessage',
  hint: string,
  state: FormState,
  rows: number,
): TemplateResult {
  return field(
    id,
    hint,
    state,
    html`<textarea
      id=${id}
      rows=${rows}
      spellcheck=${id !== 'origins'}
      .value=${state.fields[id]}
      aria-invalid=${state.problems[id] ? 'true' : 'false'}
      aria-describedby="${id}-hint ${id}-problem"
      @input=${(event: Event) => raise(event, { [id]: inputOf(event).value })}
    ></textarea>`,
  )
}

export function numberField(
  id: 'offsetX' | 'offsetY' | 'editMinutes',
  hint: string,
  state: FormState,
  max: number,
): TemplateResult {
  return field(
    id,
    hint,
    state,
    html`<input
      id=${id}
      type="number"
      min="0"
      max=${max}
      .value=${String(state.fields[id])}
      aria-invalid=${state.problems[id] ? 'true' : 'false'}
      aria-describedby="${id}-hint ${id}-problem"
      @input=${(event: Event) => raise(event, { [id]: Math.round(inputOf(event).valueAsNumber || 0) })}
    />`,
  )
}

export function selectField<K extends 'theme' | 'locale' | 'askName' | 'askEmail'>(
  id: K,
  hint: string,
  state: FormState,
  options: readonly (readonly [value: InboxFields[K], label: string])[],
): TemplateResult {
  return field(
    id,
    hint,
    state,
    html`<select
      id=${id}
      aria-invalid=${state.problems[id] ? 'true' : 'false'}
      aria-describedby="${id}-hint ${id}-problem"
      @change=${(event: Event) => raise(event, { [id]: inputOf(event).value })}
    >
      ${options.map(
        ([value, label]) => html`<option value=${value} .selected=${value === state.fields[id]}>${label}</option>`,
      )}
    </select>`,
  )
}

/** One of two or three that stand side by side. */
export function choiceField(
  id: 'position',
  { fields }: FormState,
  options: readonly (readonly [value: InboxFields['position'], label: string])[],
): TemplateResult {
  return html`<fieldset>
    <legend>${fieldLabels[id]}</legend>
    ${options.map(
      ([value, label]) =>
        html`<label class="choice">
          <input
            type="radio"
            name=${id}
            .checked=${fields[id] === value}
            @change=${(event: Event) => raise(event, { [id]: value })}
          />${label}
        </label>`,
    )}
  </fieldset>`
}

export function checkField(
  id: 'sound' | 'rating' | 'tracksPages',
  label: string,
  { fields, problems }: FormState,
): TemplateResult {
  return html`<label class="choice">
      <input
        type="checkbox"
        .checked=${fields[id]}
        @change=${(event: Event) => raise(event, { [id]: inputOf(event).checked })}
      />${label}
    </label>
    ${problems[id] ? html`<p class="refusal">${problems[id]}</p>` : nothing}`
}
