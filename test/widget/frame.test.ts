import { equal, find, findAll, focused, teardown, test, until } from './ground.js'
import type { ParleyChat } from '../../widget/parley-chat.js'
import { chats, composer, dialog, launcher, leave, type Page, requests, resize, tag, visit } from './site.js'

teardown(leave)

async function site(inbox = 'served-a', prepare: (page: Page) => void = () => {}): Promise<[Page, ParleyChat]> {
  const page = await visit()
  prepare(page)
  await tag(page, inbox)
  await launcher(page)
  return [page, chats(page)[0]!]
}
const look = (page: Page, element: Element) => page.getComputedStyle(element)
const part = (chat: ParleyChat, selector: string) => find(chat, selector)

test('a label stands beside the icon and in the name, until it is open', async () => {
  const [, chat] = await site('served-label')
  const button = part(chat, 'section > button')
  equal([button.textContent, button.ariaLabel, button.offsetWidth > 60], ['Ask us', 'Ask us', true])
  chat.open()
  equal([button.textContent, button.ariaLabel, button.offsetWidth], ['', 'Close chat', 60])
  chat.close()
  chat.label = ''
  equal([button.ariaLabel, button.offsetWidth], ['Open chat', 60])
})

test('the theme is the inbox’s until the page says another, for launcher, shell and panel alike', async () => {
  const [page, chat] = await site('served-label')
  const surfaces = () =>
    [dialog(page), findAll(chat, 'parley-panel')[0]].map((one) => one && look(page, one).backgroundColor)
  const [dark, light] = ['rgb(27, 29, 34)', 'rgb(255, 255, 255)']
  chat.open()
  equal(surfaces()[0], dark)
  await until(() => composer(page))
  equal(surfaces(), [dark, dark])
  chat.setTheme('light')
  equal(surfaces(), [light, light])
})

test('a theme of auto follows the page’s color-scheme, which is light unless it says otherwise', async () => {
  const [page, chat] = await site()
  const surface = () => look(page, dialog(page)).backgroundColor
  chat.open()
  equal(surface(), 'rgb(255, 255, 255)')
  page.document.documentElement.style.colorScheme = 'dark'
  equal(surface(), 'rgb(27, 29, 34)')
})

test('what stands on the colour is black or white, whichever contrasts more, also on a colour of the page’s', async () => {
  const [page, chat] = await site()
  const canvas = Object.assign(page.document.createElement('canvas'), { width: 1, height: 1 })
  const context = canvas.getContext('2d')!
  const painted = () => {
    context.fillStyle = look(page, part(chat, 'section > button')).color
    context.fillRect(0, 0, 1, 1)
    return [...context.getImageData(0, 0, 1, 1).data]
  }
  const [white, black] = [
    [255, 255, 255, 255],
    [0, 0, 0, 255],
  ]
  for (const [color, letters] of [
    ['#ffd43b', black],
    ['#1c7ed6', black],
    ['#1864ab', white],
    ['#757575', white],
    ['#767676', black],
    ['rebeccapurple', white],
  ] as const) {
    chat.style.setProperty('--parley-color', color)
    equal([color, ...painted()], [color, ...letters])
  }
  chat.style.removeProperty('--parley-color')
  chat.color = '#102030'
  equal(painted(), white)
})

test('side and offsets follow the inbox, the page’s attribute and its own properties', async () => {
  const [page, chat] = await site('served-label')
  const gap = () => {
    const { left, right } = part(chat, 'section > button').getBoundingClientRect()
    return chat.position === 'left' ? left : page.document.documentElement.clientWidth - right
  }
  equal(gap(), 50)
  chat.position = 'right'
  equal(gap(), 50)
  chat.style.setProperty('--parley-offset-x', '7px')
  equal(gap(), 7)
})

test('in a right-to-left page the launcher stands where lines end there', async () => {
  const [page, chat] = await site('served-a', ({ document }) => (document.documentElement.dir = 'rtl'))
  chat.position = 'right'
  equal(part(chat, 'section > button').getBoundingClientRect().left, 20)
  equal(look(page, part(chat, 'section')).direction, 'rtl')
})

test('inline it fills its container, always open, without taking the focus', async () => {
  const page = await visit()
  const box = page.document.createElement('div')
  box.style.cssText = 'width: 420px; height: 500px; margin: 30px'
  const early = page.document.createElement('parley-chat')
  early.setAttribute('mode', 'inline')
  box.append(early)
  page.document.body.append(box)
  await tag(page, 'served-a')
  await until(() => composer(page))
  const { left, top, width, height } = box.getBoundingClientRect()
  const inner = find(early, 'parley-panel').getBoundingClientRect()
  equal([inner.left, inner.top, inner.width, inner.height], [left, top, width, height])
  equal([focused(page.document)?.localName, look(page, find(early, 'section > button')).display], ['body', 'none'])
  chats(page)[0]!.close()
  equal(dialog(page).open, true)
})

test('full it fills the window, also when it becomes so later', async () => {
  const [page, chat] = await site()
  chat.mode = 'full'
  await until(() => composer(page))
  await until(() => dialog(page).getBoundingClientRect().height === 700)
  equal(dialog(page).getBoundingClientRect().width, page.document.documentElement.clientWidth)
})

test('another language before the panel is there is asked for once and not with the panel', async () => {
  const [page, chat] = await site()
  chat.locale = 'de'
  await until(() => requests(page).includes('/v1/inboxes/served-a/settings'))
  equal(
    requests(page).some((path) => path.startsWith('/widget/panel')),
    false,
  )
})

test('two widgets on a page open by themselves; the page drives the first', async () => {
  const [page, first] = await site()
  await tag(page, 'served-b')
  const second = chats(page)[1]!
  await until(() => findAll(second, 'section > button')[0])
  second.open()
  equal([first.isOpen, second.isOpen], [false, true])
  ;(page.Parley as unknown as ParleyChat).open()
  equal(first.isOpen, true)
})

test('an element that is moved goes on as it was: open, panel, text', async () => {
  const [page, chat] = await site()
  chat.open()
  const field = await until(() => composer(page))
  field.value = 'half a thou'
  field.dispatchEvent(new page.InputEvent('input', { bubbles: true }))
  const panel = find(chat, 'parley-panel')
  page.document.body.append(chat)
  await new Promise((resolve) => page.queueMicrotask(() => resolve(null)))
  equal([find(chat, 'parley-panel') === panel, composer(page)!.value, dialog(page).open], [true, 'half a thou', true])
})

test('an element that is taken away ends; put back it begins anew, open as it says', async () => {
  const [page, chat] = await site()
  resize(390)
  chat.open()
  const panel = await until(() => findAll(chat, 'parley-panel')[0])
  chat.remove()
  await until(() => !panel.isConnected)
  equal(findAll(chat, 'section').length, 0)
  page.document.body.append(chat)
  await until(() => findAll(chat, 'parley-panel')[0])
  equal([dialog(page).matches(':modal'), find(chat, 'parley-panel') === panel], [true, false])
})

test('a base address of the page and its history change nothing', async () => {
  const [page, chat] = await site('served-a', ({ document }) => {
    const base = document.createElement('base')
    base.href = '/elsewhere/deep/'
    document.head.append(base)
  })
  page.history.pushState(null, '', '#cart')
  chat.open()
  await until(() => composer(page))
  page.history.back()
  await until(() => page.location.hash === '')
  equal([dialog(page).open, requests(page).filter((path) => path.includes('elsewhere'))], [true, []])
})

test('at twice the zoom panel and launcher fit the window beside each other', async () => {
  const [page, chat] = await site()
  resize(640, 512)
  chat.open()
  const [panel, button] = [dialog(page), part(chat, 'section > button')].map((one) => one.getBoundingClientRect())
  equal(
    [panel!.top >= 0, panel!.bottom <= button!.top, button!.bottom <= 512, panel!.right <= 640],
    [true, true, true, true],
  )
})

test('on a phone buttons are 44 px, what is typed in 16 px, and scrolling ends where the thread ends', async () => {
  const [page, chat] = await site()
  resize(390)
  chat.open()
  const field = await until(() => composer(page))
  const shown = findAll(chat, 'button').filter((one) => one.offsetWidth && !one.closest('section > button'))
  equal(
    shown.filter((one) => one.offsetWidth < 44 || one.offsetHeight < 44).map((one) => one.outerHTML),
    [],
  )
  equal([look(page, field).fontSize, look(page, part(chat, '.scroller')).overscrollBehaviorY], ['16px', 'contain'])
})

test('moved while it is open, it is open there: on a phone above the page again, with what was typed', async () => {
  const [page, chat] = await site()
  resize(390)
  chat.open()
  const field = await until(() => composer(page))
  field.value = 'half'
  field.dispatchEvent(new page.InputEvent('input', { bubbles: true }))
  const place = page.document.createElement('div')
  page.document.body.append(place)
  place.append(chat)
  equal(
    [dialog(page).matches(':modal'), composer(page)!.value, composer(page)!.matches(':focus')],
    [true, 'half', true],
  )
})

test('on a phone the way back closes the chat and leaves the page', async () => {
  const [page, chat] = await site()
  resize(390)
  const told: string[] = []
  chat.on('close', () => told.push('close'))
  chat.open()
  await until(() => composer(page)?.matches(':focus'))
  const { href } = page.location
  // what a phone's back button or gesture asks of the dialog on top
  ;(dialog(page) as HTMLDialogElement & { requestClose(): void }).requestClose()
  await until(() => !chat.isOpen)
  equal(
    [dialog(page).open, told, focused(page.document), page.location.href],
    [false, ['close', 'close'], part(chat, 'section > button'), href],
  )
})

test('a chat that ended before it would have gone on by itself does not, and breaks nothing', async () => {
  const page = await visit()
  page.localStorage.setItem('parley:served-a:badge', `${page.location.origin}/v1/badges/live`)
  const later: (() => void)[] = []
  const wait = page.setTimeout
  Object.assign(page, {
    setTimeout: (work: () => void, ms: number) => (ms === 2_000 ? later.push(work) : wait(work, ms)),
  })
  await tag(page, 'served-a')
  await until(() => later.length === 1)
  page.localStorage.clear()
  chats(page)[0]!.shutdown()
  for (const work of later) work()
  equal([chats(page).length, requests(page).includes('/widget/panel.ts')], [0, false])
})

test('what is unread stands on the launcher by one request; in the middle of a conversation the page connects', async () => {
  const page = await visit()
  const { origin } = page.location
  page.localStorage.setItem('parley:served-a:badge', `${origin}/v1/badges/live`)
  page.localStorage.setItem('parley:served-b:badge', `${origin}/v1/badges/quiet`)
  page.localStorage.setItem('parley:served-label:badge', `${origin}/v1/badges/ended`)
  for (const key of ['served-a', 'served-b', 'served-c', 'served-label']) await tag(page, key)
  await until(() => requests(page).includes('/v1/visitor/sessions'))
  page.localStorage.clear()
  equal(
    requests(page)
      .filter((path) => path.startsWith('/v1/badges/'))
      .sort(),
    ['/v1/badges/ended', '/v1/badges/live', '/v1/badges/quiet'],
  )
  equal(
    chats(page).map((chat) => [
      chat.inbox,
      part(chat, 'span').textContent,
      findAll(chat, 'parley-panel').length,
      chat.isOpen,
    ]),
    [
      ['served-a', '2', 1, false],
      ['served-b', '3', 0, false],
      ['served-c', '', 0, false],
      ['served-label', '', 0, false],
    ],
  )
})
