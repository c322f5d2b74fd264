import { html, nothing, type TemplateResult } from 'lit'
import { defaultInboxSettings } from '../../sdk/agent.js'
import { isGood, lookOf, nearestGood } from './contrast.js'
import { FieldsEvent } from './events.js'
import { field, type FormState } from './field.js'
import { icons } from './icons.js'
import { verdictOf } from './inbox-wording.js'

/** The colour, what is made of it, and whether people can see and read that. */
export function colorField(state: FormState): TemplateResult {
  const { color } = state.fields
  const look = lookOf(color)
  const choose = (event: Event, chosen: string) => event.target!.dispatchEvent(new FieldsEvent({ color: chosen }))
  const typed = (event: InputEvent) => choose(event, (event.target as HTMLInputElement).value)
  const nearest = nearestGood(color)
  return html`${field(
      'color',
      look ? `Letters on it are ${look.letters}.` : 'Six hex digits, such as #3b5bdb.',
      state,
      html`<div class="color">
        <input
          type="color"
          aria-label="Pick a colour"
          .value=${look ? color : defaultInboxSettings.color}
          @input=${typed}
        />
        <input
          id="color"
          maxlength="7"
          spellcheck="false"
          autocomplete="off"
          .value=${color}
          aria-invalid=${state.problems.color ? 'true' : 'false'}
          aria-describedby="color-hint color-problem"
          @input=${typed}
        />
        <span class="sample" aria-hidden="true">Hello!</span>
      </div>`,
    )}
    <ul class="checks" aria-label="Contrast" aria-live="polite" ?hidden=${!look}>
      ${look?.checks.map((check) => {
        const { subject, verdict } = verdictOf(check)
        return html`<li class=${isGood(check) ? 'good' : 'poor'}>
          ${isGood(check) ? icons.done : icons.warning}<span>${subject}</span>
          <strong>${check.contrast.toFixed(1)} : 1</strong><span>${verdict}</span>
        </li>`
      })}
    </ul>
    ${
      nearest
        ? html`<button type="button" class="nearest" @click=${(event: Event) => choose(event, nearest)}>
            <svg viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="6.5" fill=${nearest} /></svg>
            Use ${nearest}, the nearest that does better
          </button>`
        : nothing
    }`
}
