import { sendKeys } from '@web/test-runner-commands'
import { ChatError, type Contact, type InboxSettings } from '../../sdk/index.js'
import { speak } from '../../widget/locale/texts.js'
import { ParleyPanel } from '../../widget/parley-panel.js'
import { transcriptOf } from '../../widget/transcript.js'
import { AGENT, aHead, aMessage, FakeChat, FakeConversation, INBOX } from './fake-chat.js'
import { equal, find, findAll, focused, teardown, test, textsOf, until } from './ground.js'

let panel: ParleyPanel
const told: string[] = []

const all = (selector: string) => textsOf(panel, selector)
const seen = (selector: string) => until(() => findAll(panel, selector)[0], selector)
/** What was said of the visitor, and not of the page. */
const changes = ({ told }: FakeChat) => told.filter((one) => !(one as { url?: string } | null)?.url)
const press = (key: string) => sendKeys({ press: key })

/** An open panel with everything late in place, on an inbox of these settings. */
async function open(
  settings: Partial<InboxSettings> = {},
  chat = new FakeChat(),
  heads = [] as ReturnType<typeof aHead>[],
) {
  const inbox = { ...INBOX, settings: { ...INBOX.settings, ...settings } }
  panel = new ParleyPanel(chat, inbox, (type) => void told.push(type))
  panel.isOpen = true
  panel.style.height = '600px'
  document.body.append(panel)
  await panel.updateComplete
  chat.arrive(...heads)
  await seen('.way button')
  return chat
}

async function openThread(
  given: ConstructorParameters<typeof FakeConversation>[1],
  settings?: Partial<InboxSettings>,
  chat = new FakeChat(),
) {
  const conversation = new FakeConversation('v1', { head: aHead('v1'), ...given })
  chat.known.set('v1', conversation)
  await open(settings, chat, [aHead('v1'), aHead('v0', { status: 'resolved', subject: 'Older', unread: 2 })])
  return { chat, conversation }
}

teardown(async () => {
  panel.end()
  localStorage.clear()
  await speak('en')
})

test('where nobody is there it says so, in the words of the inbox, and one can write all the same', async () => {
  const chat = new FakeChat()
  chat.availabilityNow = { state: 'offline', names: [] }
  await open({ awayMessage: 'Back on Monday' }, chat)
  await until(() => all('.away')[0] === 'Back on Monday')
  equal(find(panel, 'parley-composer').hidden, false)
})

test('an answer takes back that nobody is there, though the server does not know better yet', async () => {
  const chat = new FakeChat()
  chat.availabilityNow = { state: 'offline', names: [] }
  const question = aMessage(1, 'Anyone?', { own: true })
  const { conversation } = await openThread({ items: [question] }, { awayMessage: 'Back on Monday' }, chat)
  await until(() => all('.away')[0] === 'Back on Monday')
  conversation.thread.set({ items: [question, aMessage(2, 'I am.')] })
  await until(() => all('.away').length === 0)
  panel.requestUpdate()
  await new Promise((resolve) => setTimeout(resolve))
  equal(all('.away'), [])
})

test('who is seen to be there contradicts that nobody is', async () => {
  const chat = new FakeChat()
  chat.availabilityNow = { state: 'offline', names: [] }
  await openThread({ items: [aMessage(1, 'Anyone?', { own: true })] }, { awayMessage: 'Back on Monday' }, chat)
  await until(() => all('.away')[0] === 'Back on Monday')
  const ada = { name: 'Ada', lastSeenAt: null }
  chat.presence.replace(new Map([['v1', { ...ada, state: 'online' }]]))
  equal(all('.away'), [])
  chat.presence.replace(new Map([['v1', { ...ada, state: 'offline' }]]))
  equal(all('.away'), ['Back on Monday'])
})

test('where somebody is there, or it is not known, nothing is said of it', async () => {
  const chat = new FakeChat()
  chat.availability = async () => {
    throw new ChatError('network', 'unable to ask; offline')
  }
  await open({ awayMessage: 'Back on Monday' }, chat)
  equal(all('.away'), [])
})

test('what the inbox wants to know is asked before the first message, and one can write once it is said', async () => {
  const chat = await open({ askName: 'optional', askEmail: 'required', consent: 'I agree' })
  await until(() => focused()?.getAttribute('name') === 'name')
  equal([find(panel, 'parley-composer').hidden, all('.asking label span').length], [true, 3])
  find(panel, '.asking .start').click()
  equal(changes(chat), [])
  ;(find(panel, '[name=email]') as HTMLInputElement).value = 'kim@shop.example'
  find(panel, '[name=consent]').click()
  find(panel, '.asking .start').click()
  await until(() => !find(panel, 'parley-composer').hidden)
  equal(changes(chat), [{ email: 'kim@shop.example', consentedAt: true }])
  await until(() => focused()?.localName === 'textarea')
})

test('a refused answer is told and asked for again', async () => {
  const chat = new FakeChat()
  chat.updateContact = () => Promise.reject(new ChatError('invalid_request', 'unable to change; e-mail'))
  await open({ askEmail: 'required' }, chat)
  ;(find(panel, '[name=email]') as HTMLInputElement).value = 'kim@shop'
  find(panel, '.asking .start').click()
  await until(() => all('.asking p')[0] === 'Please check what you entered.')
  equal(find(panel, 'parley-composer').hidden, true)
})

test('who said it before, and whoever goes on with a conversation, is not asked', async () => {
  const chat = new FakeChat()
  const arrive = chat.arrive.bind(chat)
  chat.arrive = (...heads) => {
    arrive(...heads)
    const contact = { id: 'c1', name: 'Kim', email: 'kim@shop.example', consentedAt: 'then' } as Contact
    chat.session.set({ contact })
  }
  await open({ askName: 'required', askEmail: 'required', consent: 'I agree' }, chat)
  equal([findAll(panel, '.asking form').length, find(panel, 'parley-composer').hidden], [0, false])
  panel.end()
  await openThread({ items: [aMessage(1, 'Hi', { own: true })] }, { askEmail: 'required' })
  equal([findAll(panel, '.asking form').length, find(panel, 'parley-composer').hidden], [0, false])
})

test('a resolved conversation is rated by a star, with the arrow keys too, and a comment may follow', async () => {
  const { conversation } = await openThread({ items: [aMessage(1, 'Done')] })
  equal(findAll(panel, '.stars').length, 0)
  conversation.thread.set({ head: aHead('v1', { status: 'resolved' }) })
  ;(await seen('.stars button')).focus()
  await press('ArrowRight')
  await press('ArrowRight')
  await press('ArrowRight')
  await press('Enter')
  await until(() => conversation.asked.includes('rate 4'))
  conversation.thread.set({ rating: { score: 4, comment: '' } })
  const comment = (await seen('.rating input')) as HTMLInputElement
  comment.focus()
  await sendKeys({ type: 'Quick' })
  await press('Enter')
  await until(() => conversation.asked.includes('rate 4 Quick'))
  equal(
    findAll(panel, '.stars [aria-checked=true]').map((star) => star.ariaLabel),
    ['4 stars of 5'],
  )
})

test('an inbox that wants no ratings asks for none', async () => {
  await openThread({ items: [aMessage(1, 'Done')], head: aHead('v1', { status: 'resolved' }) }, { rating: false })
  equal(findAll(panel, '.stars').length, 0)
})

test('a line stands above what was not read when the conversation was opened, and stays while one reads', async () => {
  const actor = { type: 'contact', id: 'c1' } as const
  const { conversation } = await openThread({
    items: [aMessage(1, 'old'), aMessage(2, 'new'), aMessage(3, 'newer')],
    receipts: [{ conversationId: 'v1', actor, deliveredSeq: 3, readSeq: 1, readMessageNo: 1 }],
  })
  const lines = () => findAll(panel, '.rows > div').map((row) => (row.matches('.divider') ? 'New' : row.className))
  await until(() => all('.divider').length === 1)
  const place = lines().indexOf('New')
  conversation.thread.set({
    receipts: [{ conversationId: 'v1', actor, deliveredSeq: 3, readSeq: 3, readMessageNo: 3 }],
  })
  await panel.updateComplete
  equal([place > 0, lines().indexOf('New')], [true, place])
})

test('a first conversation, of which nothing was read before, has no such line', async () => {
  await openThread({ items: [aMessage(1, 'a'), aMessage(2, 'b')] })
  equal(all('.divider'), [])
})

test('what stands in the composer is there again after a reload, for its own conversation only', async () => {
  await openThread({ items: [aMessage(1, 'Hi')] })
  panel.draft = 'half a thou'
  await until(() => Object.keys(localStorage).length === 1)
  panel.end()
  const { chat } = await openThread({ items: [aMessage(1, 'Hi')] })
  await until(() => panel.draft === 'half a thou')
  panel.show(chat.conversation('v0'))
  await until(() => panel.draft === '')
  panel.show(chat.conversation('v1'))
  await until(() => panel.draft === 'half a thou')
  panel.composer.focus()
  await press('Enter')
  await until(() => Object.keys(localStorage).length === 0)
})

test('another tab shows what is typed here; who signs out leaves nothing of it', async () => {
  const { chat } = await openThread({ items: [aMessage(1, 'Hi')] })
  const key = `parley:${INBOX.key}:text:v1`
  dispatchEvent(new StorageEvent('storage', { key, newValue: 'from there' }))
  await until(() => panel.draft === 'from there')
  await until(() => localStorage.getItem(key) === 'from there')
  chat.session.replace(null)
  equal([panel.draft, localStorage.getItem(key)], ['', null])
})

test('signing out in another tab closes the chat here, and begins it anew', async () => {
  const { chat } = await openThread({ items: [aMessage(1, 'Hi')] })
  told.length = 0
  chat.say('signOut', null)
  equal(told, ['close', 'logout'])
})

test('a sign-out in another tab that comes before the rest of the panel closes it, too', async () => {
  told.length = 0
  const chat = new FakeChat()
  panel = new ParleyPanel(chat, INBOX, (type) => void told.push(type))
  panel.isOpen = true
  document.body.append(panel)
  await panel.updateComplete
  chat.arrive(aHead('v1'))
  chat.session.replace(null)
  await until(() => told.length > 1)
  equal([told, findAll(panel, '.way button').length], [['close', 'logout'], 0])
})

test('home shows who is there and every conversation; choosing one leads back into it with the focus', async () => {
  const { chat } = await openThread({ items: [aMessage(1, 'Hi')] })
  chat.known.set('v0', new FakeConversation('v0', { head: aHead('v0'), items: [aMessage(9, 'Long ago')] }))
  find(panel, '.way button').click()
  await until(() => all('.people span:last-child')[0] === 'Here now: Ada')
  equal(find(panel, '.way button').ariaLabel, 'Back to the conversation')
  equal([focused()?.localName, getComputedStyle(find(panel, 'parley-composer')).display], ['h3', 'none'])
  equal(all('.talk em'), ['2'])
  findAll(panel, '.talk')[1]!.click()
  await until(() => all('.row:not(.greeting) .text')[0] === 'Long ago')
  equal([findAll(panel, '.home').length, focused()?.localName], [0, 'textarea'])
  // the way is named by where it leads, however home was left
  await until(() => find(panel, '.way button').ariaLabel === 'All conversations')
})

test('from home one begins anew, or goes back without a change', async () => {
  const { chat } = await openThread({ items: [aMessage(1, 'Hi')] })
  find(panel, '.way button').click()
  await seen('.home')
  find(panel, '.way button').click()
  await until(() => findAll(panel, '.home').length === 0)
  equal([panel.conversation?.id, chat.started.length], ['v1', 0])
  find(panel, '.way button').click()
  ;(await seen('.home .start')).click()
  equal([chat.started.length, findAll(panel, '.home').length], [1, 0])
})

test('everything of the visitor is erased only when asked twice', async () => {
  const { chat } = await openThread({ items: [aMessage(1, 'Hi')] })
  find(panel, '.way button').click()
  const erase = await seen('.home .danger')
  erase.click()
  await until(() => all('.home .danger')[0] === 'Erase for good?')
  equal(chat.isErased, false)
  erase.click()
  await until(() => chat.isErased)
})

test('a transcript has every message that was not deleted, with author and time, earlier pages too', async () => {
  const conversation = new FakeConversation('v1', {
    hasEarlier: true,
    items: [aMessage(3, 'Sure', { author: AGENT }), aMessage(4, 'gone', { deletedAt: 'now' })],
  })
  conversation.messages.loadEarlier = async () => {
    const { items } = conversation.thread.getSnapshot()
    conversation.thread.set({ hasEarlier: false, items: [aMessage(1, 'Can you?', { own: true }), ...items] })
  }
  await open()
  const lines = (await transcriptOf(conversation, 'Shop')).split('\n')
  equal(
    lines.map((line) => line.replace(/^\[.*\] /, '')),
    ['Shop', '', 'You: Can you?', 'Ada: Sure', ''],
  )
})
