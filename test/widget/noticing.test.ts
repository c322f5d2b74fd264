import { sendKeys } from '@web/test-runner-commands'
import { countInTitle } from '../../widget/page-title.js'
import { ParleyPanel } from '../../widget/parley-panel.js'
import { AGENT, aHead, aMessage, FakeChat, FakeConversation, INBOX } from './fake-chat.js'
import { equal, find, findAll, focused, teardown, test, textsOf, until } from './ground.js'

const TITLE = 'A shop'
let panel: ParleyPanel
let host: HTMLElement & { open?: () => void }
let chat: FakeChat
let opened = 0
const real = { AudioContext, Notification }
let sounds = 0
let asked = 0
let shown: FakeNotification[] = []

class FakeNotification {
  static permission: NotificationPermission = 'default'
  static requestPermission = async () => {
    asked++
    return (FakeNotification.permission = 'granted')
  }
  onclick: (() => void) | null = null
  isClosed = false
  constructor(
    readonly title: string,
    readonly options: NotificationOptions,
  ) {
    shown.push(this)
  }
  close() {
    this.isClosed = true
  }
}

function see(visibility: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

/** A panel in its frame, with one conversation, closed when `isOpen` is false. */
async function frame({ isOpen = false, sound = false, own = false } = {}) {
  ;[opened, sounds, asked, shown] = [0, 0, 0, []]
  document.title = TITLE
  FakeNotification.permission = 'default'
  class Heard extends real.AudioContext {
    override createGain() {
      sounds++
      return super.createGain()
    }
  }
  Object.assign(window, { Notification: FakeNotification, AudioContext: Heard })
  chat = new FakeChat()
  chat.known.set('v1', new FakeConversation('v1', { head: aHead('v1'), items: [aMessage(1, 'Hi', { own })] }))
  panel = new ParleyPanel(chat, { ...INBOX, settings: { ...INBOX.settings, sound } }, () => {})
  host = document.createElement('div')
  host.open = () => void opened++
  const section = document.createElement('section')
  const box = document.createElement('div')
  box.style.height = '500px'
  section.append(document.createElement('button'), box)
  box.append(panel)
  host.attachShadow({ mode: 'open' }).append(section)
  document.body.append(host)
  panel.isOpen = true
  await panel.updateComplete
  chat.arrive(aHead('v1'))
  await until(() => findAll(panel, '[aria-pressed]').length === 1)
  panel.isOpen = isOpen
  await panel.updateComplete
}

/** Somebody writes, and the list counts it. */
function come(body: string, unread = 1, own = false) {
  chat.conversations.set({ items: [aHead('v1', { unread })] })
  const item = aMessage(unread + 1, body, { own })
  chat.say('message', { conversationId: 'v1', message: (item as { message: unknown }).message, own })
}
const toast = () => findAll(host, 'parley-toast')[0]

teardown(() => {
  panel.end()
  host.remove()
  see('visible')
  Object.assign(window, real)
  for (const name of ['sound', 'notify']) localStorage.removeItem(`parley:${INBOX.key}:${name}`)
})

test('the title tells how many are unread, and is given back exactly when they are read', async () => {
  await frame()
  come('Hello', 2)
  equal(document.title, `(2) ${TITLE}`)
  chat.conversations.set({ items: [aHead('v1')] })
  equal(document.title, TITLE)
})

test('a title that the page changes meanwhile is what is given back', async () => {
  await frame()
  come('Hello')
  document.title = 'Cart'
  await until(() => document.title === '(1) Cart')
  panel.end()
  equal(document.title, 'Cart')
})

test('a page that takes the count away is not argued with', async () => {
  await frame()
  come('Hello')
  document.title = TITLE
  await new Promise((resolve) => requestAnimationFrame(resolve))
  equal(document.title, TITLE)
})

test('two widgets count together', async () => {
  await frame()
  const other = {}
  come('Hello')
  countInTitle(other, 2)
  equal(document.title, `(3) ${TITLE}`)
  countInTitle(other, 0)
  equal(document.title, `(1) ${TITLE}`)
})

test('while the panel is open and in sight nothing of it happens', async () => {
  await frame({ isOpen: true, sound: true })
  come('Hello')
  equal([document.title, toast() ?? null, sounds, shown.length], [TITLE, null, 0, 0])
})

test('a toast tells author and first message while the panel is closed; the second does not replace it', async () => {
  await frame()
  come('Hello', 1)
  come('Are you there?', 2)
  await until(() => textsOf(toast()!, '.said').length)
  equal([textsOf(toast()!, 'b, span'), toast()!.role], [[AGENT.name, 'Hello'], 'status'])
  ;(find(toast()!, '.said') as HTMLButtonElement).click()
  equal(opened, 1)
  panel.isOpen = true
  await until(() => !toast())
})

test('a toast is dismissed by its button and by Escape, which gives the focus to the launcher', async () => {
  await frame()
  come('Hello')
  await until(() => textsOf(toast()!, '.said').length)
  find(toast()!, '.dismiss').focus()
  await sendKeys({ press: 'Escape' })
  equal([toast() ?? null, focused()?.parentElement?.localName, opened], [null, 'section', 0])
})

test('own messages, sent in another tab, are no news', async () => {
  await frame({ sound: true })
  come('Mine', 0, true)
  equal([document.title, toast() ?? null, sounds], [TITLE, null, 0])
})

test('it sounds where the inbox says so, until the visitor turns it off', async () => {
  await frame({ sound: true })
  await sendKeys({ press: 'a' })
  await until(() => navigator.userActivation.hasBeenActive)
  await until(async () => (await navigator.locks.query()).held?.some(({ name }) => name === 'parley:demo:notice'))
  come('Hello')
  await until(() => sounds === 2)
  const button = find(panel, 'header [aria-pressed]')
  equal([button.getAttribute('aria-label'), button.ariaPressed], ['Sound for new messages', 'true'])
  button.click()
  equal([button.ariaPressed, localStorage.getItem('parley:demo:sound')], ['false', 'off'])
  come('Again', 2)
  equal(sounds, 2)
})

test('it is silent where neither inbox nor visitor says so', async () => {
  await frame()
  come('Hello')
  equal([sounds, find(panel, 'header [aria-pressed]').ariaPressed], [0, 'false'])
})

test('it is silent before the page was touched', async () => {
  await frame({ sound: true })
  const { userActivation } = navigator
  Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false }, configurable: true })
  come('Hello')
  Object.defineProperty(navigator, 'userActivation', { value: userActivation, configurable: true })
  equal(sounds, 0)
})

test('notifications are offered to who waits for an answer, and asked for only by that button', async () => {
  await frame({ isOpen: true, own: true })
  const offer = () => findAll(panel, '.offer button')
  await until(() => offer().length === 2)
  equal(asked, 0)
  offer()[0]!.click()
  await until(() => asked === 1)
  equal([offer().length, localStorage.getItem('parley:demo:notify')], [0, 'on'])
})

test('they are not offered to who has not written, nor again to who said no', async () => {
  await frame({ isOpen: true })
  equal(findAll(panel, '.offer').length, 0)
  panel.end()
  host.remove()
  await frame({ isOpen: true, own: true })
  const offer = () => findAll(panel, '.offer button')
  await until(() => offer().length === 2)
  offer()[1]!.click()
  panel.requestUpdate()
  await panel.updateComplete
  equal([offer().length, asked], [0, 0])
})

test('the system tells once what comes while no page is in sight, and opens the chat', async () => {
  await frame()
  localStorage.setItem('parley:demo:notify', 'on')
  panel.end()
  host.remove()
  await frame()
  FakeNotification.permission = 'granted'
  come('In sight')
  see('hidden')
  const held = async () => (await navigator.locks.query()).held!.map(({ name }) => name)
  await until(
    async () => !(await held()).includes('parley:demo:sight') && (await held()).includes('parley:demo:notice'),
  )
  come('Out of sight', 2)
  await until(() => shown.length === 1)
  equal([shown[0]!.title, shown[0]!.options.body], [AGENT.name, 'Out of sight'])
  shown[0]!.onclick!()
  equal(opened, 1)
  chat.conversations.set({ items: [aHead('v1')] })
  equal(shown[0]!.isClosed, true)
})
