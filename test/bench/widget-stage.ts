// Runs in the page: threads of many messages in the whole widget, the SDK played as in its tests.
import type { ThreadItem } from '../../sdk/index.js'
import { aHead, aMessage, type FakeConversation } from '../widget/fake-chat.js'
import { findAll } from '../widget/ground.js'
import { thread as openThread } from '../widget/states.js'

const APPENDS = 21
const SCROLL_FRAMES = 240
const SCROLL_PX = 60

let shown: Awaited<ReturnType<typeof openThread>>
let long: FakeConversation
let items: ThreadItem[] = []

/** Some five hundred a day, the newest now. */
const said = (at: number, of: number) =>
  aMessage(at, `message ${at}${' and a few more words'.repeat(at % 7)}`, {
    own: at % 3 === 0,
    createdAt: new Date(Date.now() - (of - at) * 180_000).toISOString(),
  })

/** Resolves after the frame that shows what was changed before. */
const drawn = () =>
  new Promise<number>((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now())
      port2.postMessage(0)
    }),
  )
const frame = () => new Promise<number>(requestAnimationFrame)
const scroller = () => findAll(shown.widget, '.scroller')[0]!

/** An open panel on a short conversation, and beside it one of `count` messages that nobody has looked at. */
export async function prepare(count: number): Promise<void> {
  shown = await openThread({ items: [said(1, 1)] })
  items = Array.from({ length: count }, (_, at) => said(at + 1, count))
}

/** Milliseconds from the choice of the long conversation to its newest message on the screen. */
export async function open(): Promise<number> {
  const panel = await shown.panel()
  long = shown.chat.conversation('long') as FakeConversation
  long.thread.set({ items, head: aHead('long') })
  await frame()
  const before = performance.now()
  panel.show(long)
  return (await drawn()) - before
}

export const countNodes = (): number => findAll(shown.widget, '*').length

/** Of each of some messages that come one after the other, the milliseconds until it is laid out. */
export async function append(): Promise<number[]> {
  const panel = await shown.panel()
  const all: number[] = []
  for (let count = 0; count < APPENDS; count++) {
    items = [...items, said(items.length + 1, items.length + 1)]
    await drawn()
    const before = performance.now()
    long.thread.set({ items })
    await panel.updateComplete
    await panel.thread.updateComplete
    scroller().getBoundingClientRect()
    all.push(performance.now() - before)
  }
  return all
}

/** The milliseconds of each frame while somebody scrolls up through the thread. */
export const scroll = (): Promise<number[]> => framesOf(() => (scroller().scrollTop -= SCROLL_PX))

/** The same in a list that does nothing: what the machine itself allows. */
export async function scrollPlain(): Promise<number[]> {
  const list = Object.assign(document.createElement('div'), { innerHTML: '<p>Something that is said.</p>'.repeat(400) })
  list.setAttribute('style', 'position: fixed; inset: 0; width: 400px; height: 600px; overflow: auto; background: #fff')
  document.body.append(list)
  const all = await framesOf(() => (list.scrollTop += SCROLL_PX))
  list.remove()
  return all
}

async function framesOf(step: () => void): Promise<number[]> {
  const all: number[] = []
  let before = await frame()
  for (let count = 0; count < SCROLL_FRAMES; count++) {
    step()
    const now = await frame()
    all.push(now - before)
    before = now
  }
  return all
}
