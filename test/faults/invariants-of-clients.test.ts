import { expect, test } from 'vitest'
import { aMessageEvent } from '../sdk/builders.js'
import { type ClientRecord, emptyHistory, type History, messagesOf, type SendRecord, type View } from './history.js'
import { brokenIn, type InvariantName } from './invariants.js'

const log = [1, 2].map((seq) => aMessageEvent(seq))
const aSend = (at: number, send: Partial<SendRecord> = {}): SendRecord => ({
  ...{ conversationId: 'c1', lane: 'visitor', key: `key-${at}`, body: `body ${at}`, seq: at },
  ...{ outcome: 'sent', states: ['queued', 'sending', 'queued', 'sending', 'sent'], durability: 'durable' },
  ...send,
})
const aClient = (client: Partial<ClientRecord> = {}): ClientRecord => ({
  ...{ client: 'visitor', mine: ['c1'], known: ['c1'], peakWaiting: 500, idle: { requests: 4, ms: 60_000 } },
  unread: [{ conversationId: 'c1', counted: 2, real: 2 }],
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
    typings: [{ client: 'agent', shownMs: 6_900, ttlMs: 6_000 }],
    ...change,
  }
}
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

test('I12 somebody shown as writing for longer than that is good for is found', () => {
  const typings = [{ client: 'agent', shownMs: 7_100, ttlMs: 6_000 }]
  expect(broken(aHistory({ typings }))).toEqual(['I12 no ghost writes'])
})

test.each<[InvariantName, string, Partial<ClientRecord>]>([
  ['I11 unread is real', 'a wrong count', { unread: [{ conversationId: 'c1', counted: 1, real: 2 }] }],
  ['I13 quiet when idle', 'five questions in an idle minute', { idle: { requests: 5, ms: 60_000 } }],
  ['I14 isolation', 'a conversation of somebody else in the list', { known: ['c1', 'c2'] }],
  ['I16 bounded', 'an outbox beyond its bound', { peakWaiting: 501 }],
])('%s finds %s', (name, _, client) => {
  expect(broken(aHistory({ clients: [aClient(client)] }))).toEqual([name])
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
