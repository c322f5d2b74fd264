import { expect, test } from 'vitest'
import { linesOf } from '../../examples/console/thread-lines.js'
import type { Actor, Receipt, Thread, ThreadItem } from '../../sdk/agent.js'

const me: Actor = { type: 'agent', id: 'me', name: 'Sam' }
const ada: Actor = { type: 'agent', id: 'ada', name: 'Ada' }
const visitor: Actor = { type: 'contact', id: 'visitor', name: '' }
const at = (minute: number) => new Date(2026, 10, 21, 9, minute).toISOString()
const now = new Date(2026, 10, 21, 12).getTime()

const said = (seq: number, author: Actor, minute = seq): ThreadItem => ({
  kind: 'message',
  key: `m${seq}`,
  state: 'sent',
  own: author === me,
  message: {
    id: `m${seq}`,
    seq,
    messageNo: seq,
    revSeq: seq,
    kind: 'text',
    author,
    body: 'text',
    idempotencyKey: `m${seq}`,
    createdAt: at(minute),
  },
})
const draft: ThreadItem = { kind: 'draft', key: 'draft', body: 'text', state: 'sending', error: null, own: true }
const readBy = (actor: Actor, readSeq: number): Receipt => ({
  conversationId: 'c',
  actor,
  deliveredSeq: readSeq,
  readSeq,
  readMessageNo: readSeq,
})
const threadOf = (items: ThreadItem[], receipts: Receipt[] = []): Thread => ({
  conversationId: 'c',
  head: null,
  items,
  receipts,
  rating: null,
  hasEarlier: false,
  isLoading: false,
  isLoadingEarlier: false,
  error: null,
})
const lay = (items: ThreadItem[], unreadAfterSeq: number | null = null, receipts: Receipt[] = []) =>
  linesOf(threadOf(items, receipts), { ownId: 'me', unreadAfterSeq, now })
const keys = (lines: ReturnType<typeof lay>) => lines.map(({ kind, key }) => (kind === 'day' ? 'day' : key))
const bubbles = (lines: ReturnType<typeof lay>) => lines.filter((line) => line.kind === 'bubble')

test('each day is named once, before its first message', () => {
  expect(keys(lay([said(1, visitor), said(2, me), draft]))).toEqual(['day', 'm1', 'm2', 'draft'])
  expect(lay([said(1, visitor)])[0]).toMatchObject({ text: 'Today' })
})

test("the divider stands before the first message of others after the agent's mark", () => {
  expect(keys(lay([said(1, visitor), said(2, me), said(3, visitor), said(4, visitor)], 1))).toEqual([
    'day',
    'm1',
    'm2',
    'unread',
    'm3',
    'm4',
  ])
})

test('there is no divider when all is read, or before what the agent wrote', () => {
  expect(keys(lay([said(1, visitor), said(2, me)], 1))).not.toContain('unread')
  expect(keys(lay([said(1, visitor)], null))).not.toContain('unread')
})

test('messages of one author stand together, unless minutes or someone else part them', () => {
  const lines = bubbles(
    lay([said(1, visitor, 0), said(2, visitor, 1), said(3, ada, 2), said(4, ada, 30), said(5, me, 31)]),
  )
  expect(lines.map(({ side, isFirst, isLast }) => [side, isFirst, isLast])).toEqual([
    ['contact', true, false],
    ['contact', false, true],
    ['team', true, true],
    ['team', true, true],
    ['own', true, true],
  ])
})

test('only the last own message that the contact has read says so', () => {
  const seen = (receipts: Receipt[], items = [said(1, me), said(2, me), said(3, me)]) =>
    bubbles(lay(items, null, receipts)).flatMap(({ key, isSeen }) => (isSeen ? [key] : []))
  expect(seen([readBy(visitor, 2)])).toEqual(['m2'])
  expect(seen([readBy(ada, 3)])).toEqual([])
  expect(seen([], [said(1, me), said(2, visitor), said(3, me)])).toEqual(['m1'])
})
