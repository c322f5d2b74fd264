import { ParleyPanel } from '../../widget/parley-panel.js'
import { aHead, aMessage, FakeChat, FakeConversation, INBOX } from './fake-chat.js'
import { equal, find, findAll, teardown, test, textsOf, until } from './ground.js'

let panel: ParleyPanel
let conversation: FakeConversation

const many = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) =>
    aMessage(from + at, `message ${from + at}${' and more words'.repeat((from + at) % 9)}`, { own: at % 3 === 0 }),
  )
const scroller = () => find(panel, '.scroller')
const rows = () => findAll(panel, '.rows > .row[role]')
const texts = () => textsOf(panel, '.row[role] .text').map((text) => Number(/\d+/.exec(text)![0]))
const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))

async function open(items: ReturnType<typeof many>) {
  const chat = new FakeChat()
  conversation = new FakeConversation('v1', { head: aHead('v1'), items })
  chat.known.set('v1', conversation)
  panel = new ParleyPanel(chat, INBOX, () => {})
  panel.isOpen = true
  panel.style.height = '600px'
  document.body.append(panel)
  await panel.updateComplete
  chat.arrive(aHead('v1'))
  await until(() => findAll(panel, '.way button').length > 0)
  await until(() => rows().length <= 60)
}
teardown(() => panel.end())

test('of ten thousand messages only some are drawn, in at most 400 elements, the newest in sight', async () => {
  await open(many(1, 10_001))
  equal([texts().at(-1), rows().length <= 60], [10_000, true])
  equal(findAll(panel, '*').length <= 400, true)
})

test('scrolling up shows every message, in order, without a jump; scrolling down again the newest', async () => {
  await open(many(1, 201))
  const seen = new Set<number>()
  let jumped = 0
  for (let step = 0; step < 400 && !seen.has(1); step++) {
    for (const one of texts()) seen.add(one)
    const row = rows().find((one) => one.getBoundingClientRect().bottom > scroller().getBoundingClientRect().top)!
    const before = row.getBoundingClientRect().top
    scroller().scrollTop -= 300
    await frame()
    if (row.isConnected) jumped = Math.max(jumped, Math.abs(row.getBoundingClientRect().top - before - 300))
    const now = texts()
    equal(
      now,
      [...now].sort((one, other) => one - other),
    )
    equal(now.length <= 80, true)
  }
  equal([seen.size, jumped < 2], [200, true])
  scroller().scrollTop = 0
  await until(() => texts().at(-1) === 200)
  equal(Math.abs(scroller().scrollTop) < 1, true)
})

test('a message that comes while one reads far above moves nothing and is there below', async () => {
  await open(many(1, 301))
  for (let step = 0; step < 40; step++) {
    scroller().scrollTop -= 200
    await frame()
  }
  const row = rows()[10]!
  const before = row.getBoundingClientRect().top
  conversation.thread.set({ items: many(1, 303) })
  await frame()
  equal(Math.abs(row.getBoundingClientRect().top - before) < 2, true)
  find(panel, '.jump').click()
  await until(() => texts().at(-1) === 302)
})

test('a short thread is drawn whole, with its greeting', async () => {
  await open(many(1, 10))
  equal([texts().length, getComputedStyle(find(panel, '.greeting')).display], [9, 'flex'])
})
