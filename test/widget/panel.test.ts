import { emulateMedia, sendKeys } from '@web/test-runner-commands'
import { ChatError, MAX_BODY_CHARS, type PersonPresence } from '../../sdk/index.js'
import { ParleyPanel } from '../../widget/parley-panel.js'
import { AGENT, aDraft, aHead, aMessage, FakeChat, FakeConversation, INBOX } from './fake-chat.js'
import { equal, find, findAll, focused, teardown, test, textsOf, until } from './ground.js'

let panel: ParleyPanel
let told: [string, unknown][]

async function openPanel(chat = new FakeChat()): Promise<FakeChat> {
  told = []
  panel = new ParleyPanel(chat, INBOX, (...event) => void told.push(event as [string, unknown]))
  panel.isOpen = true
  panel.style.height = '500px'
  document.body.append(panel)
  await panel.updateComplete
  panel.focus()
  return chat
}

/** A panel on a known conversation with this thread. */
async function openThread(thread: ConstructorParameters<typeof FakeConversation>[1], head = aHead('v1')) {
  const chat = new FakeChat()
  const conversation = new FakeConversation('v1', { head, ...thread })
  chat.known.set('v1', conversation)
  await openPanel(chat)
  chat.arrive(head)
  await until(() => findAll(panel, '.text').length > 0)
  // all that comes late is there
  await until(() => findAll(panel, '.unseen').length > 0)
  return { chat, conversation }
}

const inPanel = (selector: string) => find(panel, selector)
const all = (selector: string) => textsOf(panel, selector)
const field = () => inPanel('textarea') as HTMLTextAreaElement
const scroller = () => inPanel('.scroller')
const press = (key: string) => sendKeys({ press: key })
const type = (text: string) => sendKeys({ type: text })

teardown(() => {
  panel.end()
  localStorage.clear()
})

test('nothing is asked of the server before the panel is opened', () => {
  const chat = new FakeChat()
  panel = new ParleyPanel(chat, INBOX, () => {})
  document.body.append(panel)
  equal(chat.connects, 0)
})

test('a visitor without a conversation reads the greeting and the title', async () => {
  const chat = await openPanel()
  chat.arrive()
  await until(() => all('.greeting .text')[0] === INBOX.settings.greeting)
  equal(all('h2'), [INBOX.settings.title])
})

test('while it is not known what there is, bones stand where messages will be', async () => {
  await openPanel()
  equal(findAll(panel, '.bone').length, 3)
  equal(findAll(panel, '.greeting').length, 0)
})

test('the newest unresolved conversation is shown, and who answers it', async () => {
  const chat = await openPanel()
  chat.known.set(
    'open',
    new FakeConversation('open', { head: aHead('open', { assigneeName: 'Ada' }), items: [aMessage(1, 'Hi')] }),
  )
  chat.arrive(aHead('done', { status: 'resolved' }), aHead('open'), aHead('older'))
  await until(() => all('header p')[0] === 'Ada is answering')
  equal(chat.known.get('open')!.opened, 1)
})

test('when all are resolved a new one is begun', async () => {
  const chat = await openPanel()
  chat.arrive(aHead('done', { status: 'resolved' }))
  await until(() => chat.started.length === 1)
})

test('Enter sends, and the field is empty again', async () => {
  const chat = await openPanel()
  chat.arrive()
  await type('Do you ship?')
  await press('Enter')
  await until(() => all('.pending .text')[0] === 'Do you ship?')
  equal([field().value, chat.started[0]!.asked], ['', ['send Do you ship?']])
})

test('Shift+Enter begins a line and does not send', async () => {
  const chat = await openPanel()
  chat.arrive()
  await type('one')
  await sendKeys({ down: 'Shift' })
  await press('Enter')
  await sendKeys({ up: 'Shift' })
  await type('two')
  equal([field().value, chat.started[0]!.asked], ['one\ntwo', []])
})

test('an Enter that ends a composition does not send', async () => {
  const chat = await openPanel()
  chat.arrive()
  await type('にほん')
  for (const how of [{ isComposing: true }, { keyCode: 229 }])
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...how }))
  equal(chat.started[0]!.asked, [])
})

test('an Escape that ends a composition stays in the panel, which another would leave', async () => {
  await openPanel()
  const left: boolean[] = []
  panel.addEventListener('keydown', () => left.push(true))
  panel.parentElement!.addEventListener('keydown', () => left.push(false))
  for (const isComposing of [true, false])
    field().dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true, isComposing }),
    )
  equal(left, [true, true, false])
})

test('blank text cannot be sent', async () => {
  const chat = await openPanel()
  chat.arrive()
  await type('   ')
  await press('Enter')
  equal([(inPanel('form button') as HTMLButtonElement).disabled, chat.started[0]!.asked], [true, []])
})

test('near the limit it says how much is left; beyond, it says so and does not send', async () => {
  const chat = await openPanel()
  chat.arrive()
  panel.draft = 'x'.repeat(MAX_BODY_CHARS - 10)
  await until(() => all('#left')[0] === '10 characters left')
  panel.draft = 'x'.repeat(MAX_BODY_CHARS + 1)
  await until(() => all('#left')[0] === '1 characters too many')
  await press('Enter')
  equal([chat.started[0]!.asked, field().value.length], [[], MAX_BODY_CHARS + 1])
})

test('what is typed before the server answers is sent by the conversation that shows it', async () => {
  const chat = await openPanel()
  await type('Early')
  await press('Enter')
  await until(() => all('.pending .text')[0] === 'Early')
  chat.arrive()
  equal([chat.startedHow, chat.started[0]!.asked], [[{ continues: true }], ['send Early']])
})

test('a failed message says why and can be tried again or discarded', async () => {
  const failed = aDraft('k1', 'Hello?', 'failed', new ChatError('network', 'unable to send; offline'))
  const { conversation } = await openThread({ items: [failed] })
  equal(all('.why'), ['Not sent. There is no connection.'])
  const [again, discard] = findAll(panel, '.acts button')
  again!.click()
  discard!.click()
  equal(conversation.asked, ['retry k1', 'discard k1'])
})

test('a pending message and its stored one are one element', async () => {
  const { conversation } = await openThread({ items: [aDraft('key7', 'Same')] })
  const before = inPanel('.row.own')
  conversation.thread.set({ items: [aMessage(7, 'Same', { own: true })] })
  await until(() => findAll(panel, '.pending').length === 0)
  equal([inPanel('.row.own') === before, all('.own .meta')[0]!.endsWith('Sent')], [true, true])
})

test('messages of one author stand together under one name; another author begins anew', async () => {
  const bo = { ...AGENT, id: 'a2', name: 'Bo' }
  await openThread({
    items: [aMessage(1, 'a'), aMessage(2, 'b'), aMessage(3, 'c', { author: bo }), aMessage(4, 'd', { own: true })],
  })
  equal(all('.author'), ['Ada', 'Bo'])
})

test('what happened is told in a line, and nothing of what a visitor need not know', async () => {
  const at = new Date().toISOString()
  const event = (key: string, type: string, data: object) =>
    ({ kind: 'activity', key, event: { type, at, data } }) as never
  await openThread({
    items: [
      aMessage(1, 'Hi'),
      event('e2', 'conversation.assigned', { assigneeName: 'Ada' }),
      event('e3', 'conversation.status_changed', { from: 'open', to: 'resolved' }),
      event('e4', 'conversation.status_changed', { from: 'resolved', to: 'open' }),
      event('e5', 'conversation.status_changed', { from: 'pending', to: 'open' }),
      event('e6', 'conversation.of_tomorrow', {}),
    ],
  })
  equal(all('.line'), ['Today', 'Ada joined', 'Resolved', 'Reopened'])
})

test('markup in a message is text, and only web addresses are links', async () => {
  await openThread({ items: [aMessage(1, '<b>no</b> javascript:alert(1) https://shop.example/a.')] })
  equal(all('.row:not(.greeting) .text')[0], '<b>no</b> javascript:alert(1) https://shop.example/a.')
  equal(
    findAll(panel, '.text a').map((link) => link.getAttribute('href')),
    ['https://shop.example/a'],
  )
})

const many = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => aMessage(from + at, `message ${from + at}`))

test('at the end, a new message is in sight; what others say is spoken and counts as read', async () => {
  const { conversation } = await openThread({ items: many(1, 40) })
  conversation.asked.length = 0
  conversation.thread.set({ items: many(1, 41) })
  await until(() => all('[role=status].unseen')[0] === 'Ada: message 40')
  equal([Math.abs(scroller().scrollTop) < 1, conversation.asked], [true, ['read']])
})

test('scrolled up, nothing moves when a message comes, and one can jump to it', async () => {
  const { conversation } = await openThread({ items: many(1, 40) })
  scroller().scrollTop = -400
  await until(() => findAll(panel, '.jump').length === 1)
  const row = findAll(panel, '.rows > div').at(-8)!
  const before = row.getBoundingClientRect().top
  conversation.thread.set({ items: many(1, 42) })
  await until(() => all('.jump')[0] === 'New messages')
  equal(Math.abs(row.getBoundingClientRect().top - before) < 1, true)
  inPanel('.jump').click()
  await until(() => findAll(panel, '.jump').length === 0)
  equal(Math.abs(scroller().scrollTop) < 1, true)
})

test('near the top earlier messages are asked for, and come without a jump', async () => {
  const { conversation } = await openThread({ items: many(20, 60), hasEarlier: true })
  scroller().scrollTop = -scroller().scrollHeight
  await until(() => conversation.asked.includes('earlier'))
  const row = findAll(panel, '.row')[3]!
  const before = row.getBoundingClientRect().top
  conversation.thread.set({ items: many(1, 60), hasEarlier: false })
  await until(() => all('.text')[1] === 'message 1')
  equal(Math.abs(row.getBoundingClientRect().top - before) < 1, true)
})

test('a short absence of the connection is not mentioned; a long one is, until it is back', async () => {
  const { chat } = await openThread({ items: [aMessage(1, 'Hi')] })
  const note = () => inPanel('.note[role=status]')
  chat.connection.set({ phase: 'reconnecting' })
  await panel.updateComplete
  equal(note().hidden, true)
  await until(() => !note().hidden)
  equal(note().textContent!.includes('what you write is kept'), true)
  chat.connection.set({ phase: 'live' })
  await until(() => note().hidden)
})

test('a refused start is told, and tried again when asked', async () => {
  const chat = await openPanel()
  chat.refuse(new ChatError('origin_refused', 'unable to start; origin'))
  await until(() => all('.sorry p')[0] === 'Unable to start the chat. The chat may not be used on this page.')
  inPanel('.sorry button').click()
  await until(() => chat.connects === 2)
  chat.arrive()
  await until(() => all('.greeting .text').length === 1)
})

test('a thread that cannot be read is opened again when asked', async () => {
  const chat = await openPanel()
  const conversation = new FakeConversation('v1', { error: new ChatError('unavailable', 'unable to read; away') })
  chat.known.set('v1', conversation)
  chat.arrive(aHead('v1'))
  await until(() => all('.sorry p').length === 1)
  let opened = 0
  conversation.open = () => (opened++, () => {})
  inPanel('.sorry button').click()
  equal(opened, 1)
})

test('out of sight the conversation is left, what is typed is kept, and unread messages are told', async () => {
  const { chat, conversation } = await openThread({ items: [aMessage(1, 'Hi')] })
  await type('half a thou')
  panel.isOpen = false
  await panel.updateComplete
  chat.conversations.set({ items: [aHead('v1', { unread: 2 })] })
  equal([conversation.opened, panel.draft, told.at(-1)], [0, 'half a thou', ['unread', 2]])
  panel.isOpen = true
  await panel.updateComplete
  equal([conversation.opened, field().value], [1, 'half a thou'])
})

test('all of it is reached by Tab alone', async () => {
  await openThread({ items: [aDraft('k1', 'Hello?', 'failed')] })
  await until(() => findAll(panel, '[aria-label=Emoji]').length === 1)
  await type('x')
  const reached: string[] = []
  inPanel('header button').focus()
  for (let step = 0; step < 8; step++) {
    reached.push(focused()!.getAttribute('aria-label') ?? focused()!.textContent!.trim())
    await press('Tab')
  }
  equal(reached, [
    'All conversations',
    'Sound for new messages',
    'Close chat',
    'Messages',
    'Try again',
    'Discard',
    'Write a message…',
    'Emoji',
  ])
})

test('nothing moves for those who asked for less motion', async () => {
  await emulateMedia({ reducedMotion: 'reduce' })
  await openPanel()
  equal(getComputedStyle(inPanel('.bone')).animationDuration, '0s')
  await emulateMedia({ reducedMotion: 'no-preference' })
})

test('no style attribute is in any template, so that a strict policy breaks nothing', async () => {
  await openThread({ items: many(1, 5) })
  const styled = findAll(panel, '[style]').map((element) => element.localName)
  equal(styled, ['textarea'])
})

test('a message shows what it answers, who reacted and that it was edited; a deleted one says so', async () => {
  const quoted = aMessage(1, 'Which size?')
  const reply = { ...aMessage(2, 'Large', { own: true, editedAt: 'later' }), quoted: null, state: 'delivered' }
  const reactions = [{ emoji: '👍', count: 2, own: true }]
  await openThread({ items: [quoted, { ...reply, reactions } as typeof quoted, aMessage(3, '', { deletedAt: 'now' })] })
  await until(() => all('.below [aria-pressed]').length === 1)
  equal(all('.quote'), ['An earlier message'])
  equal(all('.gone'), ['Message deleted'])
  equal(inPanel('.below [aria-pressed]').getAttribute('aria-pressed'), 'true')
  equal(
    textsOf(panel, '.meta').some((text) => text.includes('Delivered')),
    true,
  )
})

test('the header says whether somebody is there, or when they were', async () => {
  const head = aHead('v1', { assigneeName: 'Ada' })
  const { chat } = await openThread({ items: [aMessage(1, 'Hello')] }, head)
  await until(() => findAll(panel, '.more').length === 1)
  const tell = (state: PersonPresence['state'], lastSeenAt: number | null = null, name: string | null = 'Ada') =>
    chat.presence.replace(new Map([['v1', { name, state, lastSeenAt }]]))
  tell('offline', null, null)
  equal(all('.here'), [''])
  tell('online')
  await until(() => all('.here')[0] === 'Online')
  tell('away')
  await until(() => all('.here')[0] === 'Back soon')
  tell('offline', Date.now() - 5 * 60_000)
  await until(() => all('.here')[0] === 'Was here 5 minutes ago')
  chat.presence.replace(new Map())
  await until(() => all('.here')[0] === '')
})

test('typing is told both ways', async () => {
  const { conversation } = await openThread({ items: [aMessage(1, 'Hello')] })
  await until(() => findAll(panel, '.more').length === 1)
  conversation.typing.replace([{ actorId: 'a1', name: 'Ada' }])
  await until(() => all('.typing')[0] === 'Ada is typing…')
  await type('hi')
  await press('Enter')
  equal([...new Set(conversation.typed)], ['typing', 'stopped'])
})
