import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { type Asking, type InboxSettings, locales, MAX_NAME_CHARS, settingLimits } from '../../sdk/agent.js'
import { colorField } from './color-field.js'
import { lookOf } from './contrast.js'
import { controls } from './controls.styles.js'
import { areaField, checkField, choiceField, type FormState, numberField, selectField, textField } from './field.js'
import { inboxFormStyles } from './inbox-form.styles.js'
import { blankInbox, type InboxFields } from './inbox-fields.js'
import { wordingRows } from './wording-rows.js'

const themeNames: [InboxSettings['theme'], string][] = [
  ['auto', 'As the page (its color-scheme)'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]
const askingNames: [Asking, string][] = [
  ['no', 'No'],
  ['optional', 'Yes, they may leave it out'],
  ['required', 'Yes, before they write'],
]
const localeNames = (): [InboxSettings['locale'], string][] => {
  const names = new Intl.DisplayNames('en', { type: 'language' })
  return [
    ['auto', 'As the page, or the visitor’s browser'],
    ...locales.map((tag) => [tag, names.of(tag) ?? tag] as [typeof tag, string]),
  ]
}

/** Everything about an inbox that its administrators decide, in sections; holds nothing itself. Raises `FieldsEvent`. */
@customElement('console-inbox-form')
export class ConsoleInboxForm extends LitElement {
  static override styles = [controls, inboxFormStyles]

  @property({ attribute: false }) fields: InboxFields = blankInbox
  @property({ attribute: false }) problems: FormState['problems'] = {}

  @query('.sample') private readonly sample!: HTMLElement
  @query('[aria-invalid="true"]') private readonly firstInvalid!: HTMLElement | null

  /** Puts the focus where something is wrong. */
  async focusProblem(): Promise<void> {
    await this.updateComplete
    this.firstInvalid?.focus()
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('fields')) return
    // By script: the page's policy refuses style attributes.
    const look = lookOf(this.fields.color)
    this.sample.style.background = look ? this.fields.color : ''
    this.sample.style.color = look?.letters ?? ''
  }

  protected override render(): TemplateResult {
    const state: FormState = { fields: this.fields, problems: this.problems }
    const { launcherLabelChars, offsetPx, editMinutes } = settingLimits
    return html`
      ${textField('name', 'For your team only.', state, MAX_NAME_CHARS)}
      ${section(
        'Look',
        textField('title', 'Stands at the top of the chat.', state, MAX_NAME_CHARS),
        areaField('greeting', 'The first line a visitor reads.', state, 2),
        colorField(state),
        selectField('theme', 'Light or dark, where the site does not say it itself.', state, themeNames),
        textField(
          'launcherLabel',
          'A word or two beside the icon; empty for a round launcher.',
          state,
          launcherLabelChars,
        ),
        choiceField('position', state, [
          ['left', 'Bottom left'],
          ['right', 'Bottom right'],
        ]),
        html`<div class="pair">
          ${numberField('offsetX', 'Pixels.', state, offsetPx)} ${numberField('offsetY', 'Pixels.', state, offsetPx)}
        </div>`,
      )}
      ${section(
        'Language and words',
        selectField('locale', 'What the widget speaks.', state, localeNames()),
        areaField('awayMessage', 'Empty for the widget’s own words.', state, 2),
        wordingRows(state),
      )}
      ${section(
        'Before the chat',
        html`<div class="pair">
          ${selectField('askName', '', state, askingNames)} ${selectField('askEmail', '', state, askingNames)}
        </div>`,
        areaField(
          'consent',
          'What a visitor agrees to first; web addresses become links. Empty: nothing is asked.',
          state,
          2,
        ),
      )}
      ${section(
        'During and after',
        checkField('sound', 'A message sounds, unless the visitor chose otherwise', state),
        numberField('editMinutes', 'Minutes that a visitor has to change a message; 0: none.', state, editMinutes),
        checkField('rating', 'Visitors may rate a resolved conversation', state),
        checkField('tracksPages', 'Agents see on which page a visitor is', state),
      )}
      ${section(
        'Sites',
        areaField('origins', 'One origin a line, such as https://shop.example. Empty means any site.', state, 3),
      )}
    `
  }
}

const section = (heading: string, ...content: TemplateResult[]): TemplateResult =>
  html`<section aria-label=${heading}>
    <h3>${heading}</h3>
    ${content}
  </section>`
