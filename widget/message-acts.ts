import { html, nothing, render, type TemplateResult } from 'lit'
import { afterUpdate } from './after-update.js'
import { type Conversation, defaultInboxSettings, type Message, type TypingPerson } from '../sdk/index.js'
import { bringBack, layAside } from './draft-aside.js'
import { emojiFor } from './emoji.js'
import type { ChatSendEvent } from './events.js'
import { lateTexts as texts } from './locale/late-texts.js'
import type { Extra } from './message.js'
import { messageMenu, quoteOf, reactionsOf } from './message-menu.js'
import type { LatePanel } from './late-panel.js'
import { presenceLine } from './presence-line.js'
import { richText } from './rich-text.js'
import type { Said } from './rows.js'

type Wish = 'reply' | 'edit'

const MINUTE_MS = 60_000

/** Gives the messages of a panel their acts, tells of typing both ways and who is there. */
export function dressMessages(panel: LatePanel): () => void {
  const { thread, composer } = panel
  const { presence } = panel.chat
  const conversation = () => panel.conversation
  let openKey = ''
  let isSure = false
  let about: { wish: Wish; message: Message } | null = null
  let note = ''
  let people: readonly TypingPerson[] = []
  let followed: Conversation | null = null
  let unfollow = () => {}
  const bar = document.createElement('div')
  composer.before(bar)
  const here = document.createElement('p')
  panel.renderRoot.querySelector('.who')!.append(here)
  const rich = richText(thread)
  const pickEmoji = emojiFor(composer)

  /** By this device's clock; the server has the last word. */
  const mayChange = ({ createdAt }: Message) =>
    Date.now() - Date.parse(createdAt) <
    (panel.inbox.settings.editMinutes ?? defaultInboxSettings.editMinutes) * MINUTE_MS

  function show(change: () => void) {
    change()
    thread.requestUpdate()
    render(below(), bar)
  }
  function below(): TemplateResult {
    const person = people[0]
    return html`<p class="typing" role="status">${person ? texts.typing(person.name) : nothing}</p>
      ${
        about || note
          ? html`<p class="about" role=${note ? 'alert' : nothing}>
              <span
                >${note || html`<b>${about!.wish === 'edit' ? texts.editing : texts.replying}</b> ${quoteOf(about!.message)}`}</span
              >
              <button type="button" @click=${cancel}>${texts.cancel}</button>
            </p>`
          : nothing
      }`
  }
  function cancel() {
    bringBack(composer)
    show(() => ((about = null), (note = '')))
    composer.focus()
  }
  const tried = (work: Promise<void> | undefined) => void work?.catch(() => show(() => (note = texts.refused)))

  function startEditing(message: Message, body: string) {
    about = { wish: 'edit', message }
    layAside(composer, body)
  }
  /** What is refused stands in the composer again, unless something else is being done there by then. */
  function edit(message: Message, body: string) {
    const current = conversation()
    current?.messages.edit(message.id, body).catch(() =>
      show(() => {
        note = texts.refused
        if (!about && conversation() === current) startEditing(message, body)
      }),
    )
  }
  function react(message: Message, emoji: string, isOn: boolean) {
    show(() => (openKey = ''))
    tried(conversation()?.messages.react(message.id, emoji, isOn))
  }
  function act(message: Message, wish: Wish | 'delete' | 'copy') {
    if (wish === 'delete' && !isSure) return show(() => (isSure = true))
    show(() => (openKey = ''))
    if (wish === 'copy') return tried(navigator.clipboard?.writeText(message.body))
    if (wish === 'delete') return tried(conversation()?.messages.delete(message.id))
    show(() => {
      note = ''
      if (wish === 'edit') return startEditing(message, message.body)
      about = { wish, message }
      bringBack(composer)
    })
    composer.focus()
  }

  thread.extras = (item: Said): Extra => {
    const quote = item.quoted === undefined ? undefined : html`<span class="quote">${quoteOf(item.quoted)}</span>`
    if (item.kind === 'draft') return { quote, text: rich(item.key, item.body) }
    const { message, key } = item
    if (message.deletedAt) return { text: html`<span class="gone">${texts.deleted}</span>` }
    const isOpen = openKey === key
    const more = ({ target }: Event) => {
      const opener = (target as Element).closest('.row')!.querySelector<HTMLElement>('.more')!
      show(() => (openKey = ''))
      pickEmoji((emoji) => (react(message, emoji, true), opener.focus()), opener)
    }
    const toggle = () => show(() => ((openKey = isOpen ? '' : key), (isSure = false)))
    return {
      face: html`<i class="face-of" data-letter=${[...message.author.name][0] ?? ''}></i>`,
      quote,
      text: rich(key, message.body),
      below: html`<span class="below">
          ${reactionsOf(item, (...asked) => react(message, ...asked))} ${message.editedAt ? texts.edited : nothing}
          <button type="button" class="more" aria-label=${texts.options} aria-expanded=${isOpen} @click=${toggle}>
            ···
          </button>
        </span>
        ${
          isOpen
            ? messageMenu(
                item,
                item.own && mayChange(message),
                isSure,
                (...asked) => react(message, ...asked),
                more,
                (wish) => act(message, wish),
              )
            : nothing
        }`,
    }
  }

  composer.addEventListener('input', () => {
    if (composer.text) conversation()?.startTyping()
    else conversation()?.stopTyping()
  })
  // Escape takes back one thing at a time, and only then closes the panel
  for (const place of [composer, bar])
    place.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).key !== 'Escape' || !about) return
      event.stopPropagation()
      cancel()
    })
  thread.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !openKey) return
    event.stopPropagation()
    thread.renderRoot.querySelector<HTMLElement>('.more[aria-expanded=true]')?.focus()
    show(() => (openKey = ''))
  })
  // before the panel hears it: an answer and an edit are not sent as any message is
  panel.renderRoot.addEventListener(
    'chat-send',
    (event) => {
      conversation()?.stopTyping()
      if (!about) return
      event.stopPropagation()
      const { wish, message } = about
      const { body } = event as ChatSendEvent
      show(() => ((about = null), (note = '')))
      if (wish === 'reply') return conversation()?.messages.send({ body, replyToId: message.id })
      // else the composer would be emptied of what comes back
      event.preventDefault()
      bringBack(composer)
      edit(message, body)
    },
    true,
  )
  const showPresence = () => {
    const { conversationId, head } = followed?.thread.getSnapshot() ?? {}
    const heard = presence.getSnapshot().get(conversationId ?? '')
    // what was heard of somebody else, before this one began to answer, would contradict the line above
    const person = heard && heard.name === (head?.assigneeName ?? null) ? heard : null
    here.className = `here ${person?.state ?? ''}`
    here.textContent = person ? presenceLine(person, Date.now()) : ''
  }
  const follow = () => {
    const current = conversation()
    if (current === followed) return
    unfollow()
    bringBack(composer)
    followed = current
    unfollow = current?.typing.subscribe(() => show(() => (people = current.typing.getSnapshot()))) ?? (() => {})
    show(() => ((people = []), (about = null)))
  }
  const stops = [
    presence.subscribe(showPresence),
    afterUpdate(panel, () => (follow(), showPresence())),
    () => unfollow(),
  ]
  return () => stops.forEach((stop) => stop())
}
