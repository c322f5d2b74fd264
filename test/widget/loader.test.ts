import type { ParleyChat } from '../../widget/parley-chat.js'
import { equal, find, findAll, teardown, test, until } from './ground.js'
import { chats, composer, dialog, launcher, leave, requests, resize, tag, visit } from './site.js'

teardown(leave)

test('one tag shows a named launcher, with nothing else asked for and nothing stored', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  const button = await launcher(page)
  equal([button.ariaLabel, button.ariaExpanded, button.getAttribute('aria-haspopup')], ['Open chat', 'false', 'dialog'])
  equal(
    requests(page).filter((path) => /panel|v1|lit/.test(path)),
    [],
  )
  equal([page.localStorage.length, page.sessionStorage.length, page.document.cookie], [0, 0, ''])
  equal([chats(page)[0]!.parentElement!.localName, findAll(page.document.body, 'parley-chat').length], ['html', 0])
})

test('the same tag twice is one chat; a tag of another inbox is another', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  await tag(page, 'served-a&again')
  equal(chats(page).length, 1)
  await tag(page, 'served-b')
  equal(
    chats(page).map((chat) => chat.inbox),
    ['served-a', 'served-b'],
  )
})

test('a script that runs before there is a body waits for it', async () => {
  const page = await visit()
  const { body } = page.document
  body.remove()
  await tag(page, 'served-a')
  equal(chats(page).length, 0)
  page.document.documentElement.append(body)
  page.document.dispatchEvent(new Event('DOMContentLoaded'))
  await launcher(page)
})

test('a page whose body is swapped keeps its chat', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  const before = await launcher(page)
  page.document.body.replaceWith(page.document.createElement('body'))
  equal((await launcher(page)) === before, true)
})

test('calls made before the script are made once it is there, and then by name', async () => {
  const page = await visit()
  const heard: string[] = []
  const queue = Object.assign((...call: unknown[]) => void queue.q.push(call), { q: [] as unknown[][] })
  page.Parley = queue as never
  queue('on', 'ready', () => heard.push('ready'))
  queue('on', 'open', () => heard.push('open'))
  queue('open')
  await tag(page, 'served-a')
  await until(() => dialog(page).open)
  const api = page.Parley as unknown as ParleyChat & ((name: string) => void)
  api.close()
  api('toggle')
  equal([heard, dialog(page).open], [['ready', 'open', 'open'], true])
})

test('an element that the page wrote itself is the one, with properties set before it was defined', async () => {
  const page = await visit()
  const early = page.document.createElement('parley-chat') as ParleyChat
  Object.assign(early, { color: '#112233', position: 'right', isOpen: true })
  page.document.body.append(early)
  await tag(page, 'served-a')
  await launcher(page)
  equal(
    [chats(page).length, early.getAttribute('color'), early.position, dialog(page).open],
    [1, '#112233', 'right', true],
  )
  early.color = '#ffee00'
  early.setAttribute('position', 'left')
  const button = getComputedStyle(await launcher(page))
  equal([button.backgroundColor, button.color], ['rgb(255, 238, 0)', 'color(xyz-d65 0 0 0)'])
  equal(find(early, 'section').className, 'left')
})

test('a copy of the script from elsewhere asks once what the inbox looks like', async () => {
  const page = await visit()
  await tag(page, 'known-a')
  await launcher(page)
  equal(
    requests(page).filter((path) => path.startsWith('/v1/')),
    ['/v1/inboxes/known-a/settings'],
  )
})

test('an unknown inbox shows nothing and tells who built the page', async () => {
  const page = await visit()
  const said: unknown[] = []
  page.console.error = (...words: unknown[]) => void said.push(...words)
  await tag(page, 'nobody')
  await until(() => said.length === 1)
  equal(
    [said, chats(page)[0]!.shadowRoot!.children.length],
    [['Parley: unable to show the chat; the server answered 404'], 0],
  )
})

test('the panel is fetched when the launcher gets the focus, and not before', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  const button = await launcher(page)
  const fetched = () => requests(page).includes('/widget/panel.ts') || requests(page).includes('/widget/panel.js')
  equal(fetched(), false)
  button.focus()
  await until(fetched)
  equal(dialog(page).open, false)
})

test('a click shows a named dialog at once; what is typed before the panel is there goes on in it', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  ;(await launcher(page)).click()
  const shell = find(chats(page)[0]!, 'dialog > div textarea') as HTMLTextAreaElement
  equal([dialog(page).open, dialog(page).ariaLabel, shell.matches(':focus')], [true, 'Shop served-a', true])
  shell.value = 'Do you sh'
  const field = await until(() => composer(page))
  await until(() => field.matches(':focus'))
  equal([field.value, findAll(chats(page)[0]!, 'dialog > div').length], ['Do you sh', 0])
})

test('Enter before the panel is there sends once it is', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  ;(await launcher(page)).click()
  const shell = find(chats(page)[0]!, 'dialog > div textarea') as HTMLTextAreaElement
  shell.value = 'Do you ship?\n'
  const field = await until(() => composer(page))
  await until(() => findAll(chats(page)[0]!, '.pending .text')[0]?.textContent === 'Do you ship?')
  equal(field.value, '')
})

test('Escape closes it, gives the focus back to the launcher and keeps what was typed', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  const button = await launcher(page)
  button.click()
  const field = await until(() => composer(page))
  await until(() => field.matches(':focus'))
  field.value = 'half'
  field.dispatchEvent(new page.InputEvent('input', { bubbles: true }))
  field.dispatchEvent(new page.KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }))
  equal([dialog(page).open, button.matches(':focus'), button.ariaExpanded], [false, true, 'false'])
  button.click()
  equal([composer(page)!.value, composer(page)!.matches(':focus'), button.ariaLabel], ['half', true, 'Close chat'])
})

test('on a phone it covers the page, and nothing behind it can get the focus', async () => {
  const page = await visit()
  resize(390)
  await tag(page, 'served-a')
  ;(await launcher(page)).click()
  const { width, height } = dialog(page).getBoundingClientRect()
  equal([width, height, dialog(page).matches(':modal')], [390, 700, true])
  const field = await until(() => composer(page))
  equal(page.getComputedStyle(field).fontSize, '16px')
})

test('no rule of the page gets in, not even an important one', async () => {
  const page = await visit()
  const sheet = new page.CSSStyleSheet()
  sheet.replaceSync('* { letter-spacing: 9px !important; display: none !important; font: 40px serif !important }')
  page.document.adoptedStyleSheets = [sheet]
  await tag(page, 'served-a')
  const look = page.getComputedStyle(await launcher(page))
  equal([look.width, look.letterSpacing, look.fontSize], ['60px', 'normal', '16px'])
})

test('prefill waits for the panel; shutdown leaves nothing but a queue for the next', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  await launcher(page)
  const [chat] = chats(page)
  chat!.open({ message: 'About order 7' })
  await until(() => composer(page)?.value === 'About order 7')
  chat!.shutdown()
  equal([chats(page).length, Array.isArray((page.Parley as unknown as { q: unknown }).q)], [0, true])
})

test('a chat that ends while its panel loads, in vain, throws nothing at the page', async () => {
  const page = await visit()
  const thrown: unknown[] = []
  page.addEventListener('unhandledrejection', ({ reason }) => thrown.push(reason))
  await tag(page, 'served-a')
  await launcher(page)
  const [chat] = chats(page)
  let fail = () => {}
  const loader = chat!.constructor as typeof ParleyChat
  loader.loadPanel = () => new Promise((_, reject) => (fail = () => reject(new Error('offline'))))
  chat!.open()
  chat!.shutdown()
  fail()
  await new Promise((resolve) => page.setTimeout(resolve, 50))
  equal(thrown, [])
})
