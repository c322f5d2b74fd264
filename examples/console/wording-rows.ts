import { html, type TemplateResult } from 'lit'
import { settingLimits } from '../../sdk/agent.js'
import { FieldsEvent } from './events.js'
import type { FormState } from './field.js'
import { icons } from './icons.js'
import type { Wording } from './inbox-fields.js'
import { offeredWordings } from './offered-wordings.js'

/** What the widget says otherwise on this site: a wording's key, and the text in its place. */
export function wordingRows({ fields: { texts }, problems }: FormState): TemplateResult {
  const raise = (event: Event, rows: readonly Wording[]) =>
    event.target!.dispatchEvent(new FieldsEvent({ texts: rows }))
  const change = (at: number, part: keyof Wording) => (event: Event) =>
    raise(
      event,
      texts.map((row, index) => (index === at ? { ...row, [part]: (event.target as HTMLInputElement).value } : row)),
    )
  return html`<fieldset class="wordings" aria-describedby="texts-hint texts-problem">
    <legend>Own wordings</legend>
    ${texts.map(
      ({ key, text }, at) =>
        html`<div class="wording">
          <input
            aria-label="Wording ${at + 1}"
            list="wordings"
            maxlength=${settingLimits.textKeyChars}
            autocomplete="off"
            spellcheck="false"
            placeholder="Choose one"
            .value=${key}
            @input=${change(at, 'key')}
          />
          <input
            aria-label="Said as, ${at + 1}"
            maxlength=${settingLimits.textChars}
            autocomplete="off"
            placeholder=${offeredWordings[key] ?? ''}
            .value=${text}
            @input=${change(at, 'text')}
          />
          <button
            type="button"
            class="quiet icon"
            aria-label="Remove wording ${at + 1}"
            @click=${(event: Event) =>
              raise(
                event,
                texts.filter((_, index) => index !== at),
              )}
          >
            ${icons.close}
          </button>
        </div>`,
    )}
    <button
      type="button"
      ?disabled=${texts.length >= settingLimits.texts}
      @click=${(event: Event) => raise(event, [...texts, { key: '', text: '' }])}
    >
      ${icons.add}Say something otherwise
    </button>
    <datalist id="wordings">
      ${Object.entries(offeredWordings).map(([key, text]) => html`<option value=${key}>${text}</option>`)}
    </datalist>
    <p id="texts-hint" class="muted">
      In place of the widget's own texts, in every language. {0} is a name or a number.
    </p>
    <p id="texts-problem" class="refusal" ?hidden=${!problems.texts}>${problems.texts}</p>
  </fieldset>`
}
