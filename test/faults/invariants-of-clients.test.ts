import { expect, test } from 'vitest'
import { aMessageEvent } from '../sdk/builders.js'
import {
  type ClientRecord,
  emptyHistory,
  type History,
  messagesOf,
  type SendRecord,
  type TypingShown,
  type UnreadRecord,
  type View,
} from './history.js'
import { brokenIn, type InvariantName } from './invariants.js'

const log = [1, 2].map((seq) => aMessageEvent(seq))
const aSend = (at: number, send: Partial<SendRecord> = {}): SendRecord => ({
  ...{ conversationId: 'c1', lane: 'visitor', key: `key-${at}`, body: `body ${at}`, seq: at },
  ...{ outcome: 'sent', states: ['queued', 'sending', 'queued', 'sending', 'sent'], durability: 'durable' },
  ...send,
})
const unread = (counted: number | null, real: number): UnreadRecord => ({ conversationId: 'c1', counted, real })
/** So many of each kind. */
const asked = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, Array<number>(count).fill(1_000)]))
const idle = (counts: Record<string, number>) => ({ idle: { asked: asked(counts), ms: 60_000 } })
const aClient = (client: Partial<ClientRecord> = {}): ClientRecord => ({
  ...{ client: 'visitor', mine: new Set(['c1']), known: new Set(['c1']), peakWaiting: 500 },
  idle: {
    asked: asked({ 'PUT /v1/presence': 5, 'POST /v1/sync': 3, 'POST /v1/visitor/sessions/refresh': 1 }),
    ms: 59_999.6,
  },
  unread: [unread(2, 2)],
  ...client,
})
function aHistory(change: Partial<History> = {}): History {
  const view: View = {
    ...{ client: 'visitor', conversationId: 'c1', shown: [{ kept: 0, added: [1, 2] }], doubled: [], marks: [] },
    ...{ isLeft: false, final: messagesOf(log), convergedMs: 10 },
  }
  return {
    ...emptyHistory(1_000),
    ...{ sends: [aSend(1), aSend(2)], logs: new Map([['c1', log]]), views: [view], clients: [aClient()] },
    typings: [aShowing()],
    ...change,
  }
}
/** Said at 0 and, before that ran out, again at 3 s; gone a little late. */
const aShowing = (showing: Partial<TypingShown> = {}): TypingShown => ({
  ...{ client: 'agent', actorId: 'visitor', fromMs: 0, untilMs: 9_900 },
  reasons: [
    { what: 'writes', atMs: 0, goodUntilMs: null },
    { what: 'writes', atMs: 3_000, goodUntilMs: 10_000 },
  ],
  ...showing,
})
const broken = (history: History) => Object.keys(brokenIn(history))

test('clients of which all is well break nothing', () => {
  expect(broken(aHistory())).toEqual([])
})

test('I7 a draft that was kept and then neither stored nor refused is found', () => {
  const kept = aHistory({ sends: [aSend(1), aSend(2, { outcome: 'open', seq: null })] })
  expect(broken(kept)).toContain('I7 what is kept is not lost')
})

test('I8 a screen with other words than the log is found', () => {
  const history = aHistory()
  history.views[0]!.final[1]!.body = 'as it was before the edit'
  expect(broken(history)).toEqual(['I8 the same words'])
})

test.each<[string, Partial<TypingShown>]>([
  ['after the last word of it ran out', { untilMs: 10_100 }],
  [
    'over a pause between two words',
    { reasons: [7_000, null].map((goodUntilMs, at) => ({ what: 'writes', atMs: at * 7_100, goodUntilMs })) },
  ],
  ['after their message', { reasons: [...aShowing().reasons, { what: 'message', atMs: 4_000, goodUntilMs: 5_000 }] }],
  ['who never said so', { reasons: [] }],
])('I12 somebody shown as writing %s is found', (_, showing) => {
  expect(broken(aHistory({ typings: [aShowing(showing)] }))).toEqual(['I12 no ghost writes'])
})

test.each<[InvariantName, string, Partial<ClientRecord>]>([
  ['I11 unread is real', 'a wrong count', { unread: [unread(1, 2)] }],
  ['I11 unread is real', 'a conversation that no list shows', { unread: [unread(null, 0)] }],
  ['I13 quiet when idle', 'a digest too many', idle({ 'POST /v1/sync': 4 })],
  ['I13 quiet when idle', 'a sign of life too many', idle({ 'PUT /v1/presence': 6 })],
  ['I13 quiet when idle', 'a socket opened again', idle({ dial: 1 })],
  ['I13 quiet when idle', 'a topic joined again', idle({ join: 1 })],
  ['I13 quiet when idle', 'a page loaded again', idle({ 'GET /v1/conversations/:id/messages': 1 })],
  ['I14 isolation', 'news of a conversation of somebody else', { known: new Set(['c1', 'c2']) }],
  ['I16 bounded', 'an outbox beyond its bound', { peakWaiting: 501 }],
])('%s finds %s', (name, _, client) => {
  expect(broken(aHistory({ clients: [aClient(client)] }))).toEqual([name])
})

test('I14 who may see all is told of all', () => {
  expect(broken(aHistory({ clients: [aClient({ mine: null, known: new Set(['c1', 'c2']) })] }))).toEqual([])
})

test.each([
  [['queued', 'sending', 'sent', 'sending']],
  [['failed', 'sent']],
  [['sending', 'sending', 'queued', 'failed']],
])('I15 %j is no way for a message to go', (states) => {
  const sends = [aSend(1), aSend(2, { states: states as SendRecord['states'] })]
  expect(broken(aHistory({ sends }))).toEqual(['I15 status only rises'])
})

test('I15 a message that failed may be tried again', () => {
  const sends = [aSend(1), aSend(2, { states: ['sending', 'failed', 'queued', 'sending', 'sent'] })]
  expect(broken(aHistory({ sends }))).toEqual([])
})
