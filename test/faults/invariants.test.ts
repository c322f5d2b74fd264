import { expect, test } from 'vitest'
import type { ChatEvent } from '../../sdk/protocol/index.js'
import { aMessageEvent } from '../sdk/builders.js'
import { emptyHistory, type History, messagesOf, unseen, type View } from './history.js'
import { brokenIn, type InvariantName } from './invariants.js'

const log = [1, 2, 3].map((seq) => aMessageEvent(seq))
const aView = (view: Partial<View> = {}): View => ({
  client: 'visitor',
  conversationId: 'c1',
  shown: [1, 2, 3].map((no) => ({ kept: no - 1, added: [no] })),
  doubled: [],
  marks: [],
  isLeft: false,
  final: messagesOf(log),
  convergedMs: 10,
  ...view,
})
function aHistory(view: Partial<View> = {}, stored: ChatEvent[] = log): History {
  const sends = messagesOf(log).map(({ key, body, seq }) => ({
    ...{ key, body, seq },
    ...{ conversationId: 'c1', lane: 'visitor', outcome: 'sent' as const, ...unseen() },
  }))
  return { ...emptyHistory(1_000), sends, logs: new Map([['c1', stored]]), views: [aView(view)] }
}
const broken = (history: History) => Object.keys(brokenIn(history))

test('a history in which all went well breaks nothing', () => {
  expect(broken(aHistory())).toEqual([])
})

test.each<[string, InvariantName, History]>([
  ['a message that is not in the log', 'I1 no acknowledged loss', aHistory({}, log.slice(0, 2))],
  ['a message that a screen lacks', 'I1 no acknowledged loss', aHistory({ final: messagesOf(log.slice(0, 2)) })],
  ['a key stored twice', 'I2 at most once', aHistory({}, [...log, aMessageEvent(4, { idempotencyKey: 'key-1' })])],
  ['a message nobody sent', 'I2 at most once', aHistory({}, [...log, aMessageEvent(4)])],
  ['a key shown twice', 'I2 at most once', aHistory({ doubled: ['key-1'] })],
  ['a hole in the log', 'I3 density', aHistory({}, [log[0]!, log[2]!])],
  ['a screen in another order', 'I4 same order', aHistory({ final: messagesOf(log).reverse() })],
  [
    'a message put above another',
    'I4 same order',
    aHistory({
      shown: [
        { kept: 0, added: [1, 3] },
        { kept: 1, added: [2, 3] },
      ],
    }),
  ],
  ['a mark that goes back', 'I6 marks only grow', aHistory({ marks: [marked(3, 3), marked(2, 3)] })],
  ['a mark beyond the log', 'I6 marks only grow', aHistory({ marks: [marked(4, 4)] })],
  ['something read and not delivered', 'I6 marks only grow', aHistory({ marks: [marked(3, 2)] })],
  ['a list with a hole', 'I9 no hole shown', aHistory({ shown: [{ kept: 0, added: [1, 3] }] })],
  ['a client that never came up to date', 'I10 convergence', aHistory({ convergedMs: null })],
  ['a client that took too long', 'I10 convergence', aHistory({ convergedMs: 1_001 })],
])('%s breaks %s', (_, name, history) => {
  expect(broken(history)).toContain(name)
})

test('I5 messages stored in another order than sent are found, whatever their lane is called', () => {
  const history = aHistory()
  history.sends.reverse()
  expect(broken(history)).toEqual(['I5 order of the sender'])
})

function marked(readSeq: number, deliveredSeq: number) {
  return { actor: 'contact visitor', readSeq, deliveredSeq }
}
