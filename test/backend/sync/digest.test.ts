import { expect, test } from 'vitest'
import { isBehind } from '../../../backend/sync/digest.js'
import type { Digest } from '../../../backend/sync/queries.js'

const LIST_EPOCH = '018f0000-0000-7000-8000-000000000001'
const cursorAt = (transaction: number) => `${LIST_EPOCH}.${transaction}.1700000000`
const digestAt = (transaction: number, head: number): Digest => ({
  cursor: cursorAt(transaction),
  reset: false,
  heads: [],
  receipts: [],
  open: [{ conversationId: 'c1', epoch: 'e1', head, internalHead: 0, events: [], receipts: [], hasMore: false }],
})
const logAt = (seq: number, more: { minSeq?: number; epoch?: string } = {}) => [
  { conversationId: 'c1', epoch: 'e1', seq, ...more },
]

test.each([
  ['has all that was asked for', cursorAt(7), logAt(4), false],
  ['has less of a log than the asker', cursorAt(7), logAt(6), true],
  ['has less of a log than the asker has heard of', cursorAt(7), logAt(4, { minSeq: 6 }), true],
  ['has the log in another life of the database', cursorAt(7), logAt(6, { epoch: 'e0' }), false],
  ['has not seen the transaction of the cursor', cursorAt(9), logAt(4), true],
  ['is asked by somebody new', null, [], false],
])('I9 a copy of the database that %s is behind or not', (_case, cursor, open, isLate) => {
  expect(isBehind({ cursor, open }, digestAt(8, 5))).toBe(isLate)
})
