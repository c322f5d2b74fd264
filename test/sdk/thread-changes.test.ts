import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChatEvent, Message } from '../../sdk/protocol/index.js'
import { anchorAtStart, applyEvent, applyReceipts, emptyThread, type ThreadState } from '../../sdk/thread.js'
import { applyPage } from '../../sdk/thread-page.js'
import { toThread } from '../../sdk/thread-items.js'
import { agent, aMessage, aMessageEvent, anAssignment, EPOCH, visitor } from './builders.js'

const calm = { isLoading: false, isLoadingEarlier: false, error: null }
const changed = (seq: number, message: Message, type: 'message.edited' | 'message.deleted' = 'message.edited') =>
  ({ ...aMessageEvent(seq), type, data: { message } }) as ChatEvent

/** A log of messages and edits of them, and the messages as they stood at each seq. */
function aLog(steps: readonly number[]) {
  const log: ChatEvent[] = []
  const standing = [[] as Message[]]
  for (const step of steps) {
    const seq = log.length + 1
    const before = standing.at(-1)!
    const target = before[step % Math.max(1, before.length)]
    const isNew = step % 3 === 0 || !target
    const message = isNew ? aMessage(seq) : { ...target, body: `as of ${seq}`, revSeq: seq }
    log.push(isNew ? aMessageEvent(seq) : changed(seq, message))
    standing.push(isNew ? [...before, message] : before.map((other) => (other.id === message.id ? message : other)))
  }
  return { log, standing }
}

test('I8 any order of events, with repetitions and pages of any age between them, ends in the same thread', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 25 }),
      fc.nat(),
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (steps, salt, chances) => {
        const { log, standing } = aLog(steps)
        const chance = () => chances.next().value as number
        const newestAt = salt % (log.length + 1)
        const floor = standing[newestAt]!.at(-2)?.seq ?? 1
        const newest = (state: ThreadState) => {
          const items = standing[newestAt]!.filter(({ seq }) => seq >= floor)
          return applyPage(state, { items, hasMore: floor > 1, head: newestAt, epoch: EPOCH }, true)
        }
        // read at any time, also before what the window already knows
        const earlierAt = Math.max(floor, Math.floor(chance() * (log.length + 1)))
        const earlier = (state: ThreadState) => {
          const items = standing[earlierAt]!.filter(({ seq }) => seq < floor)
          return applyPage(state, { items, hasMore: false, head: earlierAt, epoch: EPOCH }, false)
        }
        const told = [...log, ...log.filter(() => chance() < 0.3)]
        const later = [...told.map((event) => (state: ThreadState) => applyEvent(state, event)), earlier]
          .map((step) => ({ step, at: chance() }))
          .sort((one, other) => one.at - other.at)
          .map(({ step }) => step)
        const state = [newest, ...later].reduce((value, step) => step(value), emptyThread)
        expect(state.messages).toEqual(standing.at(-1))
        expect(state).toMatchObject({ cursor: log.length, floor: 1, ahead: [], below: [] })
      },
    ),
  )
})

test('I8 an edit of a message above the window only moves the cursor, until its page comes', () => {
  const page = { items: [aMessage(5)], hasMore: true, head: 5, epoch: EPOCH }
  const window = applyPage(emptyThread, page, true)
  const edited = { ...aMessage(2), body: 'edited', revSeq: 6 }
  const after = applyEvent(window, changed(6, edited))
  expect([after.cursor, after.messages]).toEqual([6, window.messages])
  const old = { items: [aMessage(2)], hasMore: false, head: 5, epoch: EPOCH }
  expect(applyPage(after, old, false)).toMatchObject({ cursor: 6, messages: [edited, aMessage(5)] })
})

test('an event of a type that nobody knows shows nothing and moves the cursor', () => {
  const start = anchorAtStart({ ...emptyThread, conversationId: 'c1' })
  const unknown = { ...anAssignment(1), type: 'message.pinned', data: null } as unknown as ChatEvent
  const state = applyEvent(start, unknown)
  expect(state.cursor).toBe(1)
  expect(toThread(state, visitor, calm).items).toEqual([])
})

const mark = (actor: typeof agent, deliveredSeq: number, readSeq: number) => ({
  conversationId: 'c1',
  actor,
  deliveredSeq,
  readSeq,
  readMessageNo: readSeq,
})
const stateOf = (state: ThreadState) =>
  toThread(state, visitor, calm).items.map((item) => (item.kind === 'message' ? item.state : item.kind))

test('I15 an own message is sent, then delivered, then read, and never goes back', () => {
  const own = applyEvent(anchorAtStart({ ...emptyThread, conversationId: 'c1' }), aMessageEvent(1, { author: visitor }))
  const steps = [mark(agent, 1, 0), mark(agent, 1, 1), mark(agent, 0, 0)]
  const states = steps.map((_, at) => stateOf(applyReceipts(own, steps.slice(0, at + 1)))[0])
  expect([stateOf(own)[0], ...states]).toEqual(['sent', 'delivered', 'read', 'read'])
})

test('I15 whoever of the other side read first counts, not whoever was heard of last', () => {
  const own = applyEvent(anchorAtStart({ ...emptyThread, conversationId: 'c1' }), aMessageEvent(1, { author: visitor }))
  const marks = [mark(agent, 1, 1), mark({ ...agent, id: 'bob' }, 0, 0)]
  expect(stateOf(applyReceipts(own, marks))).toEqual(['read'])
})

test('I6 ticks come from the other side only', () => {
  const own = applyEvent(anchorAtStart({ ...emptyThread, conversationId: 'c1' }), aMessageEvent(1, { author: visitor }))
  expect(stateOf(applyReceipts(own, [mark(visitor, 1, 1)]))).toEqual(['sent'])
})

test('an item stays the same object until something in it changes', () => {
  const start = anchorAtStart({ ...emptyThread, conversationId: 'c1' })
  const quoted = aMessage(1)
  const reply = { author: visitor, replyToId: quoted.id, reactions: [{ emoji: '👍', actorIds: ['visitor', 'ada'] }] }
  const state = [aMessageEvent(1), aMessageEvent(2, reply)].reduce(applyEvent, start)
  const [first, second] = toThread(state, visitor, calm).items
  expect(second).toMatchObject({ quoted, reactions: [{ emoji: '👍', count: 2, own: true }] })
  const later = applyEvent(state, changed(3, { ...quoted, body: 'edited', revSeq: 3 }))
  const items = toThread(applyEvent(later, aMessageEvent(4, { author: visitor })), visitor, calm).items
  expect(items[0]).not.toBe(first)
  expect(items[1]).toMatchObject({ quoted: { body: 'edited' } })
  expect(toThread(later, visitor, calm).items[1]).toBe(items[1])
})
