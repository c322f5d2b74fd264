import { html, nothing, render, type TemplateResult } from 'lit'
import type { Availability, ListedConversation } from '../sdk/index.js'
import { adoptStyles } from './adopt-styles.js'
import { afterUpdate } from './after-update.js'
import { homeStyles } from './home.styles.js'
import { icon } from './icons.js'
import { lateTexts as texts } from './locale/late-texts.js'
import { region, texts as panelTexts } from './locale/texts.js'
import { ago } from './ago.js'
import type { LatePanel } from './late-panel.js'
import { eraseData, saveData } from './own-data.js'
import { download, transcriptOf } from './transcript.js'

const leaving = new WeakMap<LatePanel, () => void>()

/** Back to the conversation. */
export const closeHome = (panel: LatePanel): void => leaving.get(panel)?.()

/** The way in besides the newest conversation: who is there, all conversations, a new one, the visitor's own data. */
export function openHome(panel: LatePanel): void {
  const { chat, inbox, thread } = panel
  const root = panel.renderRoot as ShadowRoot
  if (root.querySelector('.home')) return
  const place = Object.assign(document.createElement('div'), { className: 'home' })
  adoptStyles(root, homeStyles)
  let available: Availability | null = null
  let note = ''
  let isSure = false

  const say = (words: string) => {
    note = words
    draw()
  }
  const leave = () => {
    for (const stop of stops) stop()
    place.remove()
    panel.removeAttribute('at-home')
    // others draw where one is
    panel.requestUpdate()
    panel.focus()
  }
  const show = (conversationId: string) => {
    if (panel.conversation?.id !== conversationId) panel.show(chat.conversation(conversationId))
    leave()
  }
  const begin = () => {
    panel.startConversation()
    leave()
  }
  const save = async ({ conversationId }: ListedConversation) => {
    const conversation = chat.conversation(conversationId)
    const close = conversation.open()
    say(panelTexts.loading)
    await transcriptOf(conversation, inbox.settings.title).then(
      (text) => (download(`${texts.transcript}.txt`, text, 'text/plain'), say('')),
      () => say(panelTexts.notLoaded),
    )
    close()
  }
  const takeAll = async () => {
    say(panelTexts.loading)
    await saveData(chat).then(
      () => say(''),
      () => say(texts.notSaved),
    )
  }
  const eraseAll = async () => {
    if (!isSure) {
      isSure = true
      return draw()
    }
    isSure = false
    await eraseData(panel).then(leave, () => say(texts.notErased))
  }

  const people = ({ state, names }: Availability): TemplateResult =>
    html`<p class="people">
      ${names.map((name) => html`<span class="face" aria-hidden="true">${[...name][0]}</span>`)}
      <span>${state === 'offline' ? texts.offline : names.length ? texts.here(listOf(names)) : texts.online}</span>
    </p>`
  const row = (head: ListedConversation): TemplateResult => {
    const { lastMessage, unread, subject, assigneeName, status } = head
    const title = subject ?? assigneeName ?? inbox.settings.title
    const said = lastMessage?.preview || (lastMessage ? texts.deleted : '')
    const isOwn = lastMessage?.author.type === 'contact'
    return html`<li>
      <button type="button" class="talk" @click=${() => show(head.conversationId)}>
        <b dir="auto">${title}</b>
        <small>${lastMessage ? ago(Date.now() - Date.parse(lastMessage.at)) : nothing}</small>
        <span dir="auto">${isOwn ? `${panelTexts.you}: ` : nothing}${said}</span>
        ${
          unread
            ? html`<em aria-label=${texts.unread(unread)}>${unread}</em>`
            : status === 'resolved'
              ? html`<small>${panelTexts.resolved}</small>`
              : nothing
        }
      </button>
      <button type="button" class="save" aria-label=${texts.save(title)} @click=${() => void save(head)}>
        ${icon('save')}
      </button>
    </li>`
  }

  function draw() {
    const { items } = chat.conversations.getSnapshot()
    render(
      html`<h3 tabindex="-1" dir="auto">${inbox.settings.greeting}</h3>
        ${available ? people(available) : nothing}
        <button type="button" class="start" @click=${begin}>${texts.begin}</button>
        ${
          items.length
            ? html`<h4>${texts.conversations}</h4>
                <ul>
                  ${items.map(row)}
                </ul>`
            : nothing
        }
        <footer>
          <h4>${texts.yourData}</h4>
          <button type="button" class="pill" @click=${() => void takeAll()}>${texts.takeData}</button>
          <button type="button" class="pill danger" @click=${() => void eraseAll()}>
            ${isSure ? texts.eraseSure : texts.eraseData}
          </button>
          <p role="status">${note}</p>
        </footer>`,
      place,
    )
  }

  thread.before(place)
  panel.setAttribute('at-home', '')
  panel.requestUpdate()
  leaving.set(panel, leave)
  const stops = [chat.conversations.subscribe(draw), afterUpdate(panel, draw)]
  place.querySelector('h3')!.focus()
  chat.availability().then(
    (known) => {
      available = known
      draw()
    },
    // not known: nothing is said of it
    () => {},
  )
}

const listOf = (names: readonly string[]) => new Intl.ListFormat(region(), { type: 'conjunction' }).format(names)
