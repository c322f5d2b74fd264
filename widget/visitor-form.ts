import { html, nothing, render, type TemplateResult } from 'lit'
import { afterUpdate } from './after-update.js'
import type { ChatError, ContactChanges } from '../sdk/index.js'
import { linkedText } from './linked-text.js'
import { lateTexts as texts } from './locale/late-texts.js'
import { texts as panelTexts } from './locale/texts.js'
import type { LatePanel } from './late-panel.js'
import { placeAbove } from './place.js'

const MAX_CHARS = { name: 80, email: 254 }

/** Asks before the first message what the inbox wants to know, once a page, and hides the composer until it is said. */
export function askVisitor(panel: LatePanel): () => void {
  const { chat, inbox, composer } = panel
  const { askName = 'no', askEmail = 'no', consent = '' } = inbox.settings
  const place = placeAbove(composer, 'asking')
  /** Who has said it. */
  let doneBy: string | undefined
  let note = ''

  const missing = () => {
    const contact = chat.session.getSnapshot()?.contact
    return {
      name: askName !== 'no' && !contact?.name,
      email: askEmail !== 'no' && !contact?.email,
      consent: consent !== '' && !contact?.consentedAt,
    }
  }
  const say = async (event: SubmitEvent) => {
    event.preventDefault()
    const answers = new FormData(event.target as HTMLFormElement)
    const changes: ContactChanges = {}
    for (const name of ['name', 'email'] as const) {
      const answer = String(answers.get(name) ?? '').trim()
      if (answer) changes[name] = answer
    }
    if (answers.has('consent')) changes.consentedAt = true
    note = panelTexts.sending
    draw()
    const failure = Object.keys(changes).length
      ? await chat.updateContact(changes).then(
          () => null,
          (error: ChatError) => error,
        )
      : null
    if (!failure) doneBy = chat.session.getSnapshot()?.contact.id
    note = !failure ? '' : failure.code === 'invalid_request' ? texts.notTaken : panelTexts.reason(failure.code)
    draw()
    if (failure) return
    await panel.updateComplete
    panel.focus()
  }

  const field = (name: 'name' | 'email', wish: string): TemplateResult =>
    html`<label>
      <span>${texts[name]}${wish === 'optional' ? html` <small>${texts.optional}</small>` : nothing}</span>
      <input
        name=${name}
        type=${name === 'email' ? 'email' : 'text'}
        autocomplete=${name}
        maxlength=${MAX_CHARS[name]}
        ?required=${wish === 'required'}
      />
    </label>`

  function draw() {
    const asked = missing()
    const isNew = !panel.conversation?.id && !panel.conversation?.thread.getSnapshot().items.length
    const isDone = doneBy !== undefined && doneBy === chat.session.getSnapshot()?.contact.id
    const isDue = !isDone && isNew && (asked.name || asked.email || asked.consent)
    const hadFocus = composer.matches(':focus-within')
    const wasDue = place.childElementCount > 0
    panel.isAsking = isDue
    if (!isDue) return render(nothing, place)
    render(
      html`<form aria-label=${texts.beforeStart} @submit=${say}>
        ${asked.name ? field('name', askName) : nothing} ${asked.email ? field('email', askEmail) : nothing}
        ${
          asked.consent
            ? html`<label class="consent">
                <input type="checkbox" name="consent" required /><span>${linkedText(consent)}</span>
              </label>`
            : nothing
        }
        <button class="start">${texts.start}</button>
        <p role="status">${note}</p>
      </form>`,
      place,
    )
    if (!wasDue && (hadFocus || panel.isOpen)) place.querySelector('input')?.focus()
  }

  const stops = [chat.session.subscribe(draw), afterUpdate(panel, draw)]
  return () => stops.forEach((stop) => stop())
}
