import { ask } from '../../widget/page-asks.js'
import { ParleyPanel } from '../../widget/parley-panel.js'
import { FakeChat, FakeConversation, INBOX, aHead } from './fake-chat.js'
import { chats, composer, dialog, launcher, leave, requests, tag, visit } from './site.js'
import { equal, find, findAll, teardown, test, until } from './ground.js'

let panel: ParleyPanel | null = null

function openPanel(chat = new FakeChat(), settings = INBOX.settings) {
  const told: unknown[][] = []
  panel = new ParleyPanel(chat, { ...INBOX, settings }, (...event) => void told.push(event))
  panel.isOpen = true
  document.body.append(panel)
  return { chat, told, panel }
}

teardown(() => {
  panel?.end()
  panel = null
  leave()
})

test('who listens is told at once what is so already, and not what is not', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  await launcher(page)
  const [chat] = chats(page)
  const heard: unknown[] = []
  const types = ['ready', 'open', 'close', 'unread', 'message', 'error']
  for (const type of types) chat!.on(type, (detail) => heard.push([type, detail]))
  equal(heard, [
    ['ready', undefined],
    ['close', undefined],
    ['unread', 0],
  ])
  heard.length = 0
  chat!.open()
  equal(heard, [['open', undefined]])
  chat!.on('close', () => heard.push('late close'))
  equal(heard.length, 1)
})

test('a listener is let go by what on returns, by off and by a signal, and not before', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  await launcher(page)
  const [chat] = chats(page)
  const heard: string[] = []
  const hear = (name: string) => () => void heard.push(name)
  const stop = new page.AbortController()
  const second = hear('off')
  const undo = chat!.on('open', hear('undo'))
  chat!.on('open', second)
  chat!.on('open', hear('signal'), { signal: stop.signal })
  chat!.open()
  undo()
  chat!.off('open', second)
  stop.abort()
  chat!.toggle()
  chat!.toggle()
  equal(heard, ['undo', 'off', 'signal'])
})

test('a listener that throws breaks no other, and the page hears of it', async () => {
  const page = await visit()
  const errors: string[] = []
  page.onerror = (message) => errors.push(String(message)) > 0
  await tag(page, 'served-a')
  await launcher(page)
  const [chat] = chats(page)
  const heard: string[] = []
  const fail = () => {
    throw new Error('site')
  }
  chat!.on('ready', fail)
  chat!.on('open', fail)
  chat!.on('open', () => heard.push('open'))
  chat!.open()
  equal([heard, errors.length, dialog(page).open], [['open'], 2, true])
})

test('frameworks hear the same as events that bubble from the element', async () => {
  const page = await visit()
  const heard: string[] = []
  for (const type of ['ready', 'open', 'close'])
    page.document.addEventListener(`parley-${type}`, ({ type, target }) =>
      heard.push(`${type} of ${(target as Element).localName}`),
    )
  await tag(page, 'served-a')
  await launcher(page)
  chats(page)[0]!.open()
  chats(page)[0]!.close()
  equal(
    heard,
    ['ready', 'open', 'close'].map((type) => `parley-${type} of parley-chat`),
  )
})

test('what waits for the panel does not fetch it; who the visitor is does', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  await launcher(page)
  const [chat] = chats(page)
  const fetched = () => requests(page).some((path) => path.startsWith('/widget/panel'))
  chat!.prefill('About order 7')
  chat!.setPage(null)
  chat!.setTheme('dark')
  equal(fetched(), false)
  void chat!.identify({ name: 'Ada' })
  await until(fetched)
  await until(() => composer(page)?.value === 'About order 7')
  equal(dialog(page).open, false)
})

test('startConversation opens a new one with its text, and leaves the one that was', async () => {
  const { chat, panel } = openPanel()
  chat.known.set('v1', new FakeConversation('v1', { head: aHead('v1') }))
  chat.arrive(aHead('v1'))
  await until(() => panel.conversation?.id === 'v1')
  await ask(panel, 'startConversation', ['Another thing'])
  equal([panel.conversation!.id, panel.draft], [null, 'Another thing'])
})

test('a token identifies, an object tells what the visitor says; somebody else begins anew', async () => {
  const { chat, told, panel } = openPanel()
  chat.arrive()
  await ask(panel, 'identify', ['c1'])
  await ask(panel, 'identify', [{ name: 'Ada', attributes: { plan: 'pro' } }])
  equal(
    [chat.told.slice(-2), told.filter(([type]) => type === 'logout')],
    [['c1', { name: 'Ada', attributes: { plan: 'pro' } }], []],
  )
  await ask(panel, 'identify', ['c2'])
  equal(told.at(-1), ['logout'])
})

test('what is refused is told by error and rejects', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  await launcher(page)
  const [chat] = chats(page)
  const heard: unknown[] = []
  chat!.on('error', (error) => heard.push(error))
  let reason: unknown
  await chat!.identify('nonsense').catch((error: unknown) => (reason = error))
  equal([heard.length > 0, heard.includes(reason)], [true, true])
})

test('logout closes, and what comes after it is a panel of its own', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  ;(await launcher(page)).click()
  await until(() => composer(page))
  const before = find(chats(page)[0]!, 'parley-panel')
  await chats(page)[0]!.logout()
  await until(() => !before.isConnected)
  equal([dialog(page).open, chats(page)[0]!.isOpen], [false, false])
  ;(await launcher(page)).click()
  equal((await until(() => findAll(chats(page)[0]!, 'parley-panel')[0])) === before, false)
})

test('agents see the page until the site says another or none, and only where the inbox has it so', async () => {
  const { chat, panel } = openPanel()
  await ask(panel, 'setPage', [{ url: 'https://shop.example/cart', title: 'Cart' }])
  await ask(panel, 'setPage', [null])
  await ask(panel, 'setPage', [])
  equal(chat.told, [
    { url: 'https://shop.example/cart', title: 'Cart' },
    null,
    { url: location.href, title: document.title },
  ])
  panel.end()
  const silent = openPanel(new FakeChat(), { ...INBOX.settings, tracksPages: false })
  await ask(silent.panel, 'setPage', [{ url: 'https://shop.example/cart', title: 'Cart' }])
  equal(silent.chat.told, [])
})

test('another language is said by launcher, panel and parts; of two asked for, the last', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  ;(await launcher(page)).click()
  const [chat] = chats(page)
  await until(() => composer(page))
  chat!.setLocale('xx')
  chat!.setLocale('de')
  await until(() => composer(page)?.placeholder === 'Nachricht schreiben…')
  await until(() => find(chat!, 'section > button').ariaLabel === 'Chat schließen')
  chat!.setLocale('en')
  await until(() => composer(page)?.placeholder === 'Write a message…')
})
