import { sendKeys } from '@web/test-runner-commands'
import { ask } from '../../widget/page-asks.js'
import type { ParleyPanel } from '../../widget/parley-panel.js'
import { aHead, aMessage, type FakeChat, type FakeConversation, INBOX } from './fake-chat.js'
import { equal, find, findAll, focused, teardown, test, textsOf, until } from './ground.js'
import { openThread } from './open-thread.js'

let panel: ParleyPanel
let chat: FakeChat
let conversation: FakeConversation

const field = () => find(panel, 'textarea') as HTMLTextAreaElement
const press = (key: string) => sendKeys({ press: key })
const type = (text: string) => sendKeys({ type: text })
const asked = () => conversation.asked.filter((one) => one !== 'read')
const kept = () => Object.values(localStorage).join()

/** On an own message, with this typed into the composer. */
async function open(draft = '') {
  ;({ panel, chat, conversation } = await openThread({ items: [aMessage(1, 'helo', { own: true })] }))
  panel.focus()
  if (draft) await type(draft)
  await until(() => kept() === draft)
}

async function choose(label: string) {
  if (!findAll(panel, '.menu').length) find(panel, '.more').click()
  await until(() => findAll(panel, '.menu').length === 1)
  findAll(panel, '.menu button')
    .find((button) => button.textContent!.trim() === label)!
    .click()
}

teardown(() => {
  panel.end()
  localStorage.clear()
})

test('an own message is edited in the composer, and a deletion is asked for twice', async () => {
  await open()
  await choose('Edit')
  await until(() => field().value === 'helo')
  await type('!')
  await press('Enter')
  await until(() => field().value === '')
  await choose('Delete')
  await until(() => textsOf(panel, '.menu .danger')[0] === 'Delete for everyone?')
  await choose('Delete for everyone?')
  equal(asked(), ['edit m1 helo!', 'delete m1'])
})

test('what the inbox no longer lets one change offers neither edit nor deletion', async () => {
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  for (const [editMinutes, age, isOffered] of [
    [undefined, 14, true],
    [undefined, 16, false],
    [60, 59, true],
    [0, 0, false],
  ] as const) {
    const item = aMessage(1, 'helo', { own: true })
    if (item.kind === 'message') item.message.createdAt = minutesAgo(age)
    const { title, greeting, color } = INBOX.settings
    const inbox = { ...INBOX, settings: { title, greeting, color, editMinutes } }
    ;({ panel } = await openThread({ items: [item] }, aHead('v1'), inbox))
    find(panel, '.more').click()
    await until(() => findAll(panel, '.menu').length === 1)
    const offered = textsOf(panel, '.menu > button').filter((text) => ['Edit', 'Delete'].includes(text))
    equal([editMinutes, age, ...offered], [editMinutes, age, ...(isOffered ? ['Edit', 'Delete'] : [])])
    panel.end()
  }
})

test('what stood unsent in the composer is there again once an edit is sent or given up, and alone is kept', async () => {
  await open('half a thou')
  for (const end of ['Enter', 'Escape']) {
    await choose('Edit')
    await until(() => field().value === 'helo')
    await type('!')
    await until(() => field().value === 'helo!')
    equal(kept(), 'half a thou')
    await press(end)
    await until(() => field().value === 'half a thou')
    equal([findAll(panel, '.about').length, focused() === field()], [0, true])
  }
  await type('ght')
  await press('Enter')
  await until(() => field().value === '')
  equal(asked(), ['edit m1 helo!', 'send half a thought'])
})

test('an edit that is refused stands in the composer again, to be copied, changed or given up', async () => {
  await open('half a thou')
  conversation.messages.edit = () => Promise.reject(new Error('too late'))
  await choose('Edit')
  await until(() => field().value === 'helo')
  await type('!')
  await press('Enter')
  await until(() => field().value === 'helo!')
  equal(textsOf(panel, '.about span'), ['That could not be changed any more.'])
  await press('Escape')
  await until(() => field().value === 'half a thou')
})

test('text that the page puts in waits beside an edit', async () => {
  await open()
  await choose('Edit')
  await until(() => field().value === 'helo')
  await ask(panel, 'prefill', ['About order 7'])
  equal(field().value, 'helo')
  await press('Escape')
  await until(() => field().value === 'About order 7')
})

test('who answers a message after all does not answer with what was being edited', async () => {
  await open('Oh')
  await choose('Edit')
  await until(() => field().value === 'helo')
  await choose('Reply')
  await until(() => field().value === 'Oh')
  await press('Enter')
  equal(asked(), ['send Oh to m1'])
})

test('an edit does not follow into another conversation, and the draft waits in its own', async () => {
  await open('half a thou')
  await choose('Edit')
  await until(() => field().value === 'helo')
  panel.show(chat.conversation('v0'))
  await until(() => field().value === '')
  equal(findAll(panel, '.about').length, 0)
  panel.show(conversation)
  await until(() => field().value === 'half a thou')
})

test('who signs out while editing leaves nothing of the draft', async () => {
  await open('half a thou')
  await choose('Edit')
  await until(() => field().value === 'helo')
  chat.session.replace(null)
  await press('Escape')
  await panel.updateComplete
  equal([panel.draft, kept()], ['', ''])
})
