import { ChatError, type InboxSettings, type ThreadItem } from '../../sdk/index.js'
import { launcherTexts } from '../../widget/locale/en.js'
import { speak } from '../../widget/locale/texts.js'
import { ParleyChat } from '../../widget/parley-chat.js'
import { ParleyPanel } from '../../widget/parley-panel.js'
import { aDraft, AGENT, aHead, aMessage, FakeChat, FakeConversation, INBOX } from './fake-chat.js'
import { find, findAll, until } from './ground.js'

interface Stage {
  chat: FakeChat
  /** The whole widget, launcher and panel. */
  widget: ParleyChat
  panel: () => Promise<ParleyPanel>
}

/** Puts the whole widget on the page, on an inbox of these settings, with the SDK played. */
export function stage(settings: Partial<InboxSettings> = {}, locale = 'en'): Stage {
  const chat = new FakeChat()
  const made: ParleyPanel[] = []
  const inbox = { ...INBOX, settings: { ...INBOX.settings, ...settings }, locale: 'en' as const, texts: launcherTexts }
  if (!customElements.get('parley-chat')) customElements.define('parley-chat', ParleyChat)
  ParleyChat.inboxes.set(INBOX.key, inbox)
  ParleyChat.loadPanel = async () => ({
    createPanel: async (_host, { tell, root, field }) => {
      await speak(locale, settings.texts)
      const panel = new ParleyPanel(chat, inbox, tell)
      root.after(panel)
      await panel.updateComplete
      panel.draft = field.value
      if (root.matches(':focus-within')) panel.focus()
      root.remove()
      made.push(panel)
      return panel
    },
  })
  // a page that is light or dark as the device is
  document.documentElement.style.colorScheme = 'light dark'
  const widget = new ParleyChat()
  widget.inbox = INBOX.key
  document.documentElement.append(widget)
  return { chat, widget, panel: () => until(() => made[0]) }
}

const drawn = (widget: ParleyChat, selector: string) => until(() => findAll(widget, selector).length > 0, selector)
const press = (widget: ParleyChat, selector: string) => find(widget, selector).click()

type Given = ConstructorParameters<typeof FakeConversation>[1]

/** An open panel on one conversation with everything late in place. */
export async function thread(
  given: Given,
  settings: Partial<InboxSettings> = {},
  locale = 'en',
  others = [] as string[],
) {
  const shown = stage(settings, locale)
  const lastMessage = {
    preview: 'Lovely, thank you. Can you keep one for me?',
    author: AGENT,
    at: new Date().toISOString(),
  }
  const head = aHead('v1', { assigneeName: 'Ada', subject: 'Order 1042', lastMessage, ...given?.head })
  shown.chat.known.set('v1', new FakeConversation('v1', { ...given, head }))
  shown.widget.open()
  await shown.panel()
  shown.chat.arrive(
    { ...head, status: 'open' },
    ...others.map((id) =>
      aHead(id, { status: 'resolved', subject: `About ${id}`, lastMessage, unread: Number(id === 'returns') }),
    ),
  )
  await drawn(shown.widget, '.way button')
  return { ...shown, conversation: shown.chat.known.get('v1')! }
}

/** An open panel of someone new. */
async function fresh(
  settings: Partial<InboxSettings> = {},
  prepare: (chat: FakeChat) => void = () => {},
  locale = 'en',
) {
  const shown = stage(settings, locale)
  prepare(shown.chat)
  shown.widget.open()
  await shown.panel()
  shown.chat.arrive()
  await drawn(shown.widget, '.way button')
  return shown
}

const talk: ThreadItem[] = [
  aMessage(1, 'Hello! Does the green throw come in a larger size?', { own: true }),
  aMessage(2, 'Hi! It does: **150 × 200 cm**, back in stock on Thursday.', {
    reactions: [{ emoji: '👍', actorIds: ['c1'] }],
  }),
  aMessage(3, 'You find it here: https://shop.example/throws?size=large'),
  {
    ...aMessage(4, 'Lovely, thank you. Can you keep one for me?', { own: true, editedAt: 'later' }),
    state: 'read',
  } as ThreadItem,
]
const resolved = { status: 'resolved' } as Parameters<typeof aHead>[1]

/** Every state in which somebody may find the widget, each shown once the returned promise resolves. */
export const states: Record<string, (locale?: string) => Promise<unknown>> = {
  closed: async () => drawn(stage().widget, 'section > button'),
  'closed, with a label': async () => drawn(stage({ launcherLabel: 'Questions?' }).widget, 'section > button'),
  'closed, unread': async () => {
    const { widget, chat, panel } = await thread({ items: talk })
    widget.close()
    await panel()
    chat.conversations.set({ items: [aHead('v1', { unread: 3 })] })
    await until(() => findAll(widget, 'section > button span')[0]?.textContent === '3')
  },
  'opened before its code is there': async () => {
    const { widget } = stage()
    ParleyChat.loadPanel = () => new Promise(() => {})
    widget.open()
    await drawn(widget, 'dialog > div')
  },
  'its code could not be fetched': async () => {
    const { widget } = stage()
    ParleyChat.loadPanel = () => Promise.reject(new Error('offline'))
    widget.open()
    await drawn(widget, 'dialog div > button')
  },
  loading: async () => {
    const { widget, panel } = stage()
    widget.open()
    await panel()
    await drawn(widget, '.bone')
  },
  'first visit': async (locale) => fresh({}, undefined, locale),
  'nobody is there': async (locale) =>
    drawn(
      (await fresh({}, (chat) => (chat.availabilityNow = { state: 'offline', names: [] }), locale)).widget,
      '.away',
    ),
  'asked before the first message': async (locale) =>
    drawn(
      (
        await fresh(
          { askName: 'optional', askEmail: 'required', consent: 'I agree to https://shop.example/privacy' },
          undefined,
          locale,
        )
      ).widget,
      '.asking form',
    ),
  conversation: async (locale) => thread({ items: talk }, {}, locale),
  'someone types': async (locale) => {
    const { conversation, widget } = await thread({ items: talk }, {}, locale)
    conversation.typing.replace([{ actorId: AGENT.id, name: AGENT.name }])
    await until(() => find(widget, '.typing').textContent)
  },
  'menu of a message': async (locale) => {
    const { widget } = await thread({ items: talk }, {}, locale)
    findAll(widget, '.more').at(-1)!.click()
    await drawn(widget, '.menu')
  },
  'answering a message': async (locale) => {
    const { widget } = await thread({ items: talk }, {}, locale)
    findAll(widget, '.more')[1]!.click()
    await drawn(widget, '.menu')
    findAll(widget, '.menu > button')[0]!.click()
    await drawn(widget, '.about')
  },
  'not sent': async (locale) =>
    thread(
      { items: [...talk, aDraft('k9', 'Are you there?', 'failed', new ChatError('network', 'offline'))] },
      {},
      locale,
    ),
  'on its way': async (locale) => thread({ items: [...talk, aDraft('k9', 'Are you there?')] }, {}, locale),
  'unread line': async (locale) =>
    thread(
      {
        items: talk,
        receipts: [
          { conversationId: 'v1', actor: { type: 'contact', id: 'c1' }, deliveredSeq: 4, readSeq: 1, readMessageNo: 1 },
        ],
      },
      {},
      locale,
    ),
  reconnecting: async (locale) => {
    const { chat, widget } = await thread({ items: talk }, {}, locale)
    chat.connection.set({ phase: 'reconnecting' })
    await until(() => !find(widget, '.note').hidden)
  },
  'no chat at all': async () => {
    const { chat, widget, panel } = stage()
    widget.open()
    await panel()
    chat.refuse(new ChatError('origin_refused', 'unable to start; origin'))
    await drawn(widget, '.sorry')
  },
  resolved: async (locale) => {
    const { widget } = await thread({ items: talk, head: aHead('v1', resolved) }, {}, locale)
    await drawn(widget, '.stars')
  },
  rated: async (locale) => {
    const rating = { score: 4, comment: '' }
    const { widget } = await thread({ items: talk, head: aHead('v1', resolved), rating }, {}, locale)
    await drawn(widget, '.rating form')
  },
  home: async (locale) => {
    const { widget } = await thread({ items: talk }, {}, locale, ['order 871', 'returns'])
    press(widget, '.way button')
    await drawn(widget, '.people')
  },
}

export function clearStage(): void {
  for (const widget of document.querySelectorAll<ParleyChat>('parley-chat')) widget.shutdown()
}
