import type { ParleyChat } from '../../widget/parley-chat.js'
import { ParleyPanel } from '../../widget/parley-panel.js'
import { aHead, FakeChat, INBOX } from './fake-chat.js'
import { equal, findAll, teardown, test, until } from './ground.js'
import { chats, composer, dialog, launcher, leave, type Page, tag, visit } from './site.js'

teardown(leave)

/** Counts what a page is left with: listeners outside the widget, observers, timers and channels. */
function watch(page: Page): () => Record<string, number> {
  const held = new Map<string, Set<unknown>>()
  const kind = (name: string) => held.get(name) ?? held.set(name, new Set()).get(name)!
  const places = [page, page.document, page.visualViewport, (page as { navigation?: unknown }).navigation]

  const { addEventListener, removeEventListener } = page.EventTarget.prototype
  const heard = new WeakMap<object, Map<string, unknown>>()
  page.EventTarget.prototype.addEventListener = function (type, listener, options) {
    addEventListener.call(this, type, listener, options)
    const { signal, once } = Object(options) as AddEventListenerOptions
    if (!places.includes((this ?? page) as never) || once) return
    const known = heard.get(listener!) ?? new Map<string, unknown>()
    heard.set(listener!, known)
    const entry = known.get(type) ?? {}
    known.set(type, entry)
    kind('listeners').add(entry)
    if (signal) addEventListener.call(signal, 'abort', () => kind('listeners').delete(entry))
  }
  page.EventTarget.prototype.removeEventListener = function (type, listener, options) {
    removeEventListener.call(this, type, listener, options)
    if (places.includes((this ?? page) as never)) kind('listeners').delete(heard.get(listener!)?.get(type))
  }
  for (const name of ['MutationObserver', 'ResizeObserver', 'IntersectionObserver'] as const) {
    const { observe, disconnect } = page[name].prototype
    page[name].prototype.observe = function (this: never, ...args: unknown[]) {
      kind('observers').add(this)
      return (observe as (...args: unknown[]) => void).apply(this, args)
    }
    page[name].prototype.disconnect = function (this: never) {
      kind('observers').delete(this)
      return disconnect.call(this)
    }
  }
  const { setTimeout, clearTimeout, setInterval, clearInterval, BroadcastChannel } = page
  page.setTimeout = ((work: () => void, ...rest: number[]) => {
    const id = setTimeout.call(page, () => (kind('timers').delete(id), work()), ...rest)
    kind('timers').add(id)
    return id
  }) as never
  page.clearTimeout = (id) => (kind('timers').delete(id), clearTimeout.call(page, id))
  page.setInterval = ((...args: [() => void, number]) => {
    const id = setInterval.apply(page, args)
    kind('timers').add(id)
    return id
  }) as never
  page.clearInterval = (id) => (kind('timers').delete(id), clearInterval.call(page, id))
  page.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name)
      kind('channels').add(this)
    }
    override close() {
      kind('channels').delete(this)
      super.close()
    }
  }
  return () => ({
    listeners: kind('listeners').size,
    observers: kind('observers').size,
    timers: kind('timers').size,
    channels: kind('channels').size,
    nodes: page.document.querySelectorAll('*').length,
    sheets: page.document.adoptedStyleSheets.length,
  })
}

const collect = (page: Page) => (page as unknown as { gc(): void }).gc()

test('after 200 times open and closed the page holds what it held after the first', async () => {
  const page = await visit()
  const held = watch(page)
  await tag(page, 'served-a')
  await launcher(page)
  const [chat] = chats(page)
  chat!.open()
  await until(() => composer(page))
  chat!.close()
  const { listeners, observers, channels, nodes } = held()
  const sheets = chat!.shadowRoot!.adoptedStyleSheets.length
  const inside = findAll(chat!, '*').length
  for (let time = 0; time < 200; time++) {
    chat!.open()
    chat!.close()
  }
  await until(() => !dialog(page).open)
  const after = held()
  equal(
    [after.listeners, after.observers, after.channels, after.nodes, chat!.shadowRoot!.adoptedStyleSheets.length],
    [listeners, observers, channels, nodes, sheets],
  )
  equal(findAll(chat!, '*').length, inside)
})

test('after 50 widgets came, opened and went, nothing of them is left', async () => {
  const page = await visit()
  const held = watch(page)
  await tag(page, 'served-a')
  await launcher(page)
  chats(page)[0]!.shutdown()
  await until(() => held().timers === 0)
  const before = held()
  const gone: WeakRef<object>[] = []
  for (let time = 0; time < 50; time++) {
    const element = page.document.createElement('parley-chat') as ParleyChat
    element.inbox = 'served-a'
    page.document.body.append(element)
    element.open()
    const panel = await until(() => findAll(element, 'parley-panel')[0])
    gone.push(new WeakRef(element), new WeakRef(panel))
    element.remove()
    await until(() => !panel.isConnected)
  }
  await until(() => JSON.stringify(held()) === JSON.stringify(before), 'all to be given back')
  await until(() => {
    collect(page)
    return gone.filter((one) => one.deref()).length <= 2
  }, 'the elements to be collected')
})

test('shutdown leaves neither a cookie nor a key where no chat was opened', async () => {
  const page = await visit()
  await tag(page, 'served-a')
  await launcher(page)
  const known = page.document.querySelectorAll('*').length
  chats(page)[0]!.shutdown()
  equal(
    [
      page.localStorage.length,
      page.sessionStorage.length,
      page.document.cookie,
      page.document.adoptedStyleSheets.length,
    ],
    [0, 0, '', 0],
  )
  equal(page.document.querySelectorAll('*').length, known - 1)
})

test('what comes late is given back with its panel, and the panel is not kept', async () => {
  const held = watch(window)
  const gone: WeakRef<object>[] = []
  let before: Record<string, number> | null = null
  for (let time = 0; time < 10; time++) {
    const chat = new FakeChat()
    const panel = new ParleyPanel(chat, INBOX, () => {})
    panel.isOpen = true
    document.body.append(panel)
    await panel.updateComplete
    chat.arrive(aHead('v1', { unread: 3 }))
    await until(() => findAll(panel, 'header button').length === 3)
    panel.isOpen = false
    await panel.updateComplete
    panel.end()
    gone.push(new WeakRef(panel))
    before ??= held()
  }
  await until(() => JSON.stringify({ ...held(), timers: 0 }) === JSON.stringify({ ...before, timers: 0 }))
  equal([held().listeners, held().observers], [0, 0])
  await until(() => {
    collect(window)
    return gone.filter((one) => one.deref()).length <= 1
  }, 'the panels to be collected')
})

test('a panel that ends while the rest of it is on its way keeps no draft and holds nothing', async () => {
  const held = watch(window)
  const chat = new FakeChat()
  const panel = new ParleyPanel(chat, INBOX, () => {})
  panel.isOpen = true
  document.body.append(panel)
  await panel.updateComplete
  panel.draft = 'for nobody else'
  chat.arrive(aHead('v1'))
  await panel.updateComplete
  panel.end()
  localStorage.clear()
  await import('../../widget/late.js')
  await new Promise((resolve) => setTimeout(resolve))
  equal([localStorage.length, held().listeners, held().observers], [0, 0, 0])
})
