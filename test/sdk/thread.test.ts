import { expect, test } from 'vitest'
import type { Receipt } from '../../sdk/protocol/index.js'
import {
  anchorAtStart,
  applyEvent,
  applyHead,
  applyReceipts,
  emptyThread,
  isBehind,
  shrink,
  withDraft,
} from '../../sdk/thread.js'
import { applyPage } from '../../sdk/thread-page.js'
import { toThread } from '../../sdk/thread-items.js'
import { aHead, aMessage, aMessageEvent, anAssignment, EPOCH, seededRandom, shuffled, visitor } from './builders.js'

const start = anchorAtStart({ ...emptyThread, conversationId: 'c1' })
const calm = { isLoading: false, isLoadingEarlier: false, error: null }
const seqs = (state: typeof start) => state.messages.map(({ seq }) => seq)

test('I4 any order of events, with repetitions, ends in the same thread', () => {
  const events = Array.from({ length: 30 }, (_, at) => (at % 5 === 4 ? anAssignment(at + 1) : aMessageEvent(at + 1)))
  const inOrder = events.reduce(applyEvent, start)
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed)
    const repeated = shuffled([...events, ...events.filter(() => random() < 0.5)], random)
    expect(repeated.reduce(applyEvent, start)).toEqual(inOrder)
  }
})

test('I4 pages and events in any order end in the same thread', () => {
  const events = Array.from({ length: 12 }, (_, at) => aMessageEvent(at + 1))
  const page = (from: number, to: number, isNewest: boolean) => (state: typeof start) =>
    applyPage(
      state,
      {
        items: Array.from({ length: to - from + 1 }, (_, at) => aMessage(from + at)),
        hasMore: from > 1,
        head: 8,
        epoch: EPOCH,
      },
      isNewest,
    )
  const steps = [
    page(5, 8, true),
    page(1, 4, false),
    ...events.map((event) => (s: typeof start) => applyEvent(s, event)),
  ]
  for (let seed = 1; seed <= 100; seed++) {
    const state = [page(5, 8, true), ...shuffled(steps, seededRandom(seed))].reduce((s, step) => step(s), emptyThread)
    expect(seqs(state)).toEqual(events.map(({ seq }) => seq))
    expect(state).toMatchObject({ cursor: 12, floor: 1, ahead: [] })
  }
})

test('I9 what lies beyond a hole is not shown until the hole is filled', () => {
  const withHole = applyEvent(applyEvent(start, aMessageEvent(1)), aMessageEvent(3))
  expect(seqs(withHole)).toEqual([1])
  expect(isBehind(withHole)).toBe(true)
  const filled = applyEvent(withHole, aMessageEvent(2))
  expect(seqs(filled)).toEqual([1, 2, 3])
  expect(isBehind(filled)).toBe(false)
})

test('a notice without content and a newer head both say that something is missing', () => {
  expect(isBehind(applyEvent(start, { conversationId: 'c1', log: 'public', seq: 1, epoch: EPOCH }))).toBe(true)
  expect(isBehind(applyHead(start, aHead({ seq: 4 })))).toBe(true)
  expect(isBehind(applyHead(start, aHead({ seq: 0 })))).toBe(false)
})

test('I8 an older state of a message does not replace a newer one', () => {
  const edited = aMessage(1, { revSeq: 2, body: 'edited' })
  const page = { items: [edited], hasMore: false, head: 2, epoch: EPOCH }
  const state = applyEvent(applyPage(start, page, true), aMessageEvent(1))
  expect(state.messages).toEqual([edited])
})

test('an event of another epoch changes nothing', () => {
  const state = applyEvent(start, aMessageEvent(1))
  expect(applyEvent(state, { ...aMessageEvent(2), epoch: 'epoch-2' })).toBe(state)
})

test('a known event leaves the very same value, so that no view is drawn again', () => {
  const state = applyEvent(start, aMessageEvent(1))
  expect(applyEvent(state, aMessageEvent(1))).toBe(state)
})

test('I6 receipts merge by max and never go back', () => {
  const mark = (readSeq: number): Receipt => ({
    conversationId: 'c1',
    actor: visitor,
    deliveredSeq: readSeq,
    readSeq,
    readMessageNo: readSeq,
  })
  const state = applyReceipts(applyReceipts(start, [mark(3)]), [mark(2)])
  expect(state.receipts).toMatchObject([{ readSeq: 3, readMessageNo: 3 }])
})

test('I2 a draft and the message it becomes are one item with one key', () => {
  const draft = { idempotencyKey: 'mine', body: 'hello', state: 'sending' as const, error: null }
  const pending = withDraft(applyEvent(start, aMessageEvent(1)), draft)
  const stored = applyEvent(pending, aMessageEvent(2, { author: visitor, idempotencyKey: 'mine' }))
  expect(toThread(pending, visitor, calm).items.map(({ key, kind }) => [key, kind])).toEqual([
    ['message-1', 'message'],
    ['mine', 'draft'],
  ])
  expect(toThread(stored, visitor, calm).items.map(({ key, kind }) => [key, kind])).toEqual([
    ['message-1', 'message'],
    ['mine', 'message'],
  ])
})

test("someone else's message under the same key does not take the draft away", () => {
  const draft = { idempotencyKey: 'mine', body: 'hello', state: 'sending' as const, error: null }
  const state = applyEvent(withDraft(start, draft), aMessageEvent(1, { idempotencyKey: 'mine' }))
  expect(toThread(state, visitor, calm).items.map(({ kind }) => kind)).toEqual(['message', 'draft'])
})

test('I9 what was heard from below the newest page is not shown above the hole, and is no draft any more', () => {
  const own = { idempotencyKey: 'own', author: visitor }
  const heard = withDraft(
    { ...emptyThread, conversationId: 'c1' },
    { idempotencyKey: 'own', body: 'body', state: 'sending', error: null },
  )
  const page = { items: [5, 6].map((seq) => aMessage(seq)), hasMore: true, head: 6, epoch: EPOCH }
  const before = applyPage(applyEvent(heard, aMessageEvent(3, own)), page, true)
  const after = applyEvent(applyPage(heard, page, true), aMessageEvent(3, own))
  for (const state of [before, after]) {
    expect(seqs(state)).toEqual([5, 6])
    expect(state.drafts).toEqual([])
  }
})

test('I16 a window that nobody looks at keeps its newest messages, and goes on from there both ways', () => {
  const all = Array.from({ length: 200 }, (_, at) => aMessageEvent(at + 1)).reduce(applyEvent, start)
  const kept = shrink(all)
  expect(seqs(kept)).toEqual(seqs(all).slice(-20))
  expect(toThread(kept, visitor, calm).hasEarlier).toBe(true)
  const items = Array.from({ length: 180 }, (_, at) => aMessage(at + 1))
  const whole = applyPage(kept, { items, hasMore: false, head: 200, epoch: EPOCH }, false)
  const [grown, expected] = [whole, all].map((state) => applyEvent(state, aMessageEvent(201)))
  expect(seqs(grown!)).toEqual(seqs(expected!))
  expect([isBehind(grown!), toThread(grown!, visitor, calm).hasEarlier]).toEqual([false, false])
  expect(shrink(kept)).toBe(kept)
})

test('I16 of what is heard beyond a hole the nearest 256 events are kept; the rest is fetched again', () => {
  const beyond = Array.from({ length: 300 }, (_, at) => aMessageEvent(at + 2))
  const state = beyond.reduce(applyEvent, start)
  expect(state.ahead.map(({ seq }) => seq)).toEqual(beyond.slice(0, 256).map(({ seq }) => seq))
  expect([seqs(state), isBehind(state)]).toEqual([[], true])
})
