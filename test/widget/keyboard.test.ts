import { sendKeys, setViewport } from '@web/test-runner-commands'
import type { ThreadItem } from '../../sdk/index.js'
import { aHead, aMessage, FakeConversation, INBOX } from './fake-chat.js'
import { equal, find, findAll, focused, teardown, test, textsOf, until } from './ground.js'
import { clearStage, stage, states, thread } from './states.js'

const talk: ThreadItem[] = [aMessage(1, 'Hello?', { own: true }), aMessage(2, 'Hi!')]
let shown: ReturnType<typeof stage>
let conversation: FakeConversation

const type = (text: string) => sendKeys({ type: text })
const isOpen = () => (find(shown.widget, 'dialog') as HTMLDialogElement).open
const isAt = (selector: string) => focused()?.matches(selector) ?? false
const at = (selector: string) => until(() => isAt(selector), `the focus at ${selector}`)

/** Whoever looks sees what has the focus; a heading that it was led to need not show it. */
function sees(): void {
  const element = focused()
  if (!element || element === document.body) throw new Error('the focus is lost')
  if (element.matches('[tabindex="-1"]')) return
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
  const isMarked = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none'
  if (!element.matches(':focus-visible') || !isMarked) throw new Error(`no focus is seen at ${element.outerHTML}`)
}
async function press(key: string): Promise<void> {
  await sendKeys({ press: key })
  sees()
}
async function back(): Promise<void> {
  await sendKeys({ down: 'Shift' })
  await sendKeys({ press: 'Tab' })
  await sendKeys({ up: 'Shift' })
  sees()
}
/** Goes on until it is there, as somebody would who looks for it. */
async function go(step: () => Promise<void>, selector: string): Promise<void> {
  for (let steps = 0; !isAt(selector); steps++) {
    if (steps > 30) throw new Error(`${selector} is not reached`)
    await step()
  }
}
const forth = () => press('Tab')

/** A page with a button before the widget and one after it, the focus on the first. */
function aPage(): void {
  for (const place of ['before', 'after'] as const) {
    const button = Object.assign(document.createElement('button'), { id: place, textContent: place })
    if (place === 'before') document.body.prepend(button)
    else document.documentElement.append(button)
  }
  document.getElementById('before')!.focus()
}
/** An open panel on this conversation, the focus in the composer. */
async function open(items = talk, given: ConstructorParameters<typeof FakeConversation>[1] = {}) {
  const made = await thread({ items, ...given })
  shown = made
  conversation = made.conversation
  aPage()
  ;(await shown.panel()).focus()
}

teardown(async () => {
  clearStage()
  for (const place of ['before', 'after']) document.getElementById(place)?.remove()
  localStorage.clear()
  await setViewport({ width: 1024, height: 768 })
})

test('from the page to a sent message: Tab, Enter, write, Enter', async () => {
  shown = stage()
  aPage()
  conversation = new FakeConversation('v1', { head: aHead('v1'), items: talk })
  shown.chat.known.set('v1', conversation)
  await until(() => findAll(shown.widget, 'section > button').length > 0)
  await forth()
  equal([isAt('[part=launcher]'), focused()!.ariaLabel, focused()!.ariaExpanded], [true, 'Open chat', 'false'])
  await press('Enter')
  await shown.panel()
  shown.chat.arrive(aHead('v1'))
  await until(() => findAll(shown.widget, '.way button').length > 0)
  await at('textarea')
  sees()
  equal([isOpen(), find(shown.widget, 'dialog').ariaLabel], [true, INBOX.settings.title])
  await type('Is it blue?')
  await press('Enter')
  equal([conversation.asked.includes('send Is it blue?'), isAt('textarea')], [true, true])
})

test('the menu of a message opens, reacts and closes without losing the place', async () => {
  await open()
  await go(back, '.more')
  await press('Enter')
  await until(() => findAll(shown.widget, '.menu').length > 0)
  await go(forth, '.menu [aria-label^=React]')
  await press('Enter')
  await at('.more')
  sees()
  equal(conversation.asked.at(-1), 'react m2 👍 true')
  equal(focused()!.closest('.row')!.textContent!.includes('Hi!'), true)
})

test('a message is answered, and one’s own edited, with the focus in the composer each time', async () => {
  await open()
  await go(back, '.more')
  await press('Enter')
  await until(() => findAll(shown.widget, '.menu').length > 0)
  await go(forth, '.menu > button')
  await press('Enter')
  await at('textarea')
  equal(textsOf(shown.widget, '.about b'), ['Replying to'])
  await type('I see')
  await press('Enter')
  equal(conversation.asked.at(-1), 'send I see to m2')
  // the newest own one is on its way and has no menu yet
  await go(back, '.own .more')
  await press('Enter')
  await until(() => findAll(shown.widget, '.menu .danger').length > 0)
  await go(forth, '.menu > button:nth-of-type(3)')
  await press('Enter')
  await at('textarea')
  await press('End')
  await type('!')
  await press('Enter')
  equal(conversation.asked.at(-1), 'edit m1 Hello?!')
})

test('a deletion that is confirmed leaves the focus in the thread', async () => {
  await open()
  await go(back, '.own .more')
  await press('Enter')
  await until(() => findAll(shown.widget, '.menu .danger').length > 0)
  await go(forth, '.danger')
  await press('Enter')
  equal([isAt('.danger'), conversation.asked.some((one) => one.startsWith('delete'))], [true, false])
  await press('Enter')
  equal(conversation.asked.at(-1), 'delete m1')
  await at('.more')
  conversation.thread.set({ items: [aMessage(1, '', { own: true, deletedAt: 'now' }), talk[1]!] })
  await at('.scroller')
  sees()
})

test('Escape takes back the menu, then the answer, and only then closes the panel', async () => {
  await open()
  await go(back, '.more')
  await press('Enter')
  await until(() => findAll(shown.widget, '.menu').length > 0)
  await forth()
  await press('Escape')
  await until(() => findAll(shown.widget, '.menu').length === 0)
  equal([isOpen(), isAt('.more')], [true, true])
  await press('Enter')
  await until(() => findAll(shown.widget, '.menu').length > 0)
  await go(forth, '.menu > button')
  await press('Enter')
  await at('textarea')
  await back()
  equal(focused()!.textContent, 'Cancel')
  await press('Escape')
  equal([isOpen(), isAt('textarea'), findAll(shown.widget, '.about').length], [true, true, 0])
  await press('Escape')
  equal([isOpen(), isAt('[part=launcher]')], [false, true])
})

test('home and back, and a close button that returns the focus to the launcher', async () => {
  await open()
  await go(back, '.way button')
  await press('Enter')
  await at('h3')
  await forth()
  equal(isAt('.start'), true)
  await go(forth, '.talk')
  await press('Enter')
  await at('textarea')
  await go(back, '.way button')
  await press('Enter')
  await at('h3')
  await go(back, '.way button')
  await press('Enter')
  await at('textarea')
  await go(back, 'header > button')
  await press('Enter')
  equal([isOpen(), isAt('[part=launcher]')], [false, true])
})

test('a resolved conversation is rated by arrows, with the focus kept if it is opened again', async () => {
  await open(talk, { head: aHead('v1', { status: 'resolved' }) })
  await go(back, '[role=radio]')
  for (let step = 0; step < 3; step++) await press('ArrowRight')
  await press('Enter')
  await until(() => conversation.asked.includes('rate 4'))
  sees()
  equal(isAt('[role=radio]'), true)
  conversation.thread.set({ head: aHead('v1') })
  await at('textarea')
})

test('what failed is tried again or given up without losing the place', async () => {
  await states['not sent']!()
  shown = { widget: find(document, 'parley-chat') } as unknown as typeof shown
  find(shown.widget, 'textarea').focus()
  await go(back, '.acts button:last-child')
  await press('Enter')
  await at('textarea')
})

test('a failed message that is on its way again leaves the focus in the thread', async () => {
  await open([...talk, { kind: 'draft', key: 'k9', body: 'Lost?', state: 'failed', error: null, own: true }])
  await go(back, '.acts button:first-child')
  await press('Enter')
  equal(conversation.asked.at(-1), 'retry k9')
  conversation.thread.set({
    items: [...talk, { kind: 'draft', key: 'k9', body: 'Lost?', state: 'sending', error: null, own: true }],
  })
  await at('.scroller')
  sees()
})

test('earlier messages are asked for without losing the place', async () => {
  await open(talk, { hasEarlier: true })
  await go(back, '.pill')
  await press('Enter')
  equal(conversation.asked.includes('earlier'), true)
  conversation.thread.set({ isLoadingEarlier: true })
  await at('.scroller')
})

test('trying again to load the chat, or to connect, leaves the focus where one writes', async () => {
  for (const [state, button] of [
    ['its code could not be fetched', 'dialog div > button'],
    ['no chat at all', '.sorry .pill'],
  ] as const) {
    clearStage()
    await states[state]!()
    shown = { widget: find(document, 'parley-chat') } as unknown as typeof shown
    find(shown.widget, 'textarea').focus()
    await go(back, button)
    await press('Enter')
    equal(isAt('textarea'), true)
  }
})

test('on a desktop Tab leads out of the panel both ways', async () => {
  await open()
  await go(forth, '#after')
  await go(back, '#before')
  equal(isOpen(), true)
})

test('on a phone Tab never reaches the page behind', async () => {
  await setViewport({ width: 390, height: 760 })
  await open()
  const reached = new Set<string>()
  for (const step of [false, true])
    for (let steps = 0; steps < 20; steps++) {
      if (step) await sendKeys({ down: 'Shift' })
      await sendKeys({ press: 'Tab' })
      if (step) await sendKeys({ up: 'Shift' })
      reached.add(focused()!.id || focused()!.localName)
    }
  equal([reached.has('before'), reached.has('after'), reached.has('textarea')], [false, false, true])
  equal(find(shown.widget, 'dialog').matches(':modal'), true)
})

test('a keyboard on a phone’s screen covers nothing: the chat takes what it leaves to be seen', async () => {
  await setViewport({ width: 390, height: 760 })
  await open()
  const panel = await shown.panel()
  await until(() => panel.style.getPropertyValue('--_height') === '760px')
  const seen = visualViewport!
  Object.defineProperties(seen, {
    height: { value: 380, configurable: true },
    offsetTop: { value: 40, configurable: true },
  })
  try {
    seen.dispatchEvent(new Event('resize'))
    const { top, bottom } = panel.getBoundingClientRect()
    equal([top, bottom, findAll(panel, 'textarea')[0]!.getBoundingClientRect().bottom <= 420], [40, 420, true])
  } finally {
    for (const name of ['height', 'offsetTop']) delete seen[name as never]
  }
})
