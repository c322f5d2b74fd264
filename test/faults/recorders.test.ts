import { type EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Conversation, Thread } from '../../sdk/index.js'
import { createStore } from '../../sdk/store.js'
import { agent, aMessage, aMessageEvent, visitor } from '../sdk/builders.js'
import type { TypingShown } from './history.js'
import { countIdle } from './quiet.js'
import { settledUnread } from './unread.js'
import { watchTyping } from './watch-typing.js'
import { type TypingGiven, newWitness } from './witness.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

const CONVERSATION = '01a1ff10-5699-7773-9b00-3cd5b0123038'
const messageItem = (seq: number) => ({ kind: 'message', key: `${seq}`, message: aMessage(seq), state: 'sent' })

/** A screen on which the test decides who is shown as writing. */
function aScreen() {
  const typing = createStore<{ actorId: string; name: string }[]>([])
  const thread = createStore({ items: [] } as unknown as Thread)
  const given = new Set<(typing: TypingGiven) => void>()
  const noted: TypingShown[] = []
  const conversation = { id: CONVERSATION, typing, thread } as unknown as Conversation
  function onTyping(listener: (typing: TypingGiven) => void) {
    given.add(listener)
    return () => void given.delete(listener)
  }
  const stop = watchTyping('visitor', conversation, { onTyping }, (shown) => noted.push(shown))
  return {
    noted,
    stop,
    say: (ttlMs: number, conversationId = CONVERSATION) =>
      given.forEach((hear) => hear({ conversationId, actorId: 'ada', ttlMs })),
    show: (isShown: boolean) => typing.set(isShown ? [{ actorId: 'ada', name: 'Ada' }] : []),
    write: (seq: number) => thread.set({ items: [messageItem(seq)] } as unknown as Thread),
  }
}

test('I12 a showing is noted with each word that it stood on, and a second after that ran out', async () => {
  const { say, show, stop, noted } = aScreen()
  say(6_000)
  show(true)
  await pass(3_000)
  say(6_000)
  await pass(8_000)
  show(false)
  stop()
  const [shown] = noted
  const from = shown!.fromMs
  expect(shown).toMatchObject({ client: 'visitor', actorId: 'ada', untilMs: from + 11_000 })
  expect(shown!.reasons).toEqual([
    { what: 'writes', atMs: from, goodUntilMs: from + 7_000 },
    { what: 'writes', atMs: from + 3_000, goodUntilMs: from + 10_000 },
  ])
})

test('I12 a message, and a word that says so, are where typing is to end; what is said elsewhere is nothing', async () => {
  const { say, show, write, stop, noted } = aScreen()
  say(6_000)
  show(true)
  await pass(1_000)
  write(1)
  await pass(1_000)
  say(0)
  say(6_000, 'another')
  await pass(1_000)
  stop()
  const [{ fromMs: from, reasons, untilMs }] = noted as [TypingShown]
  expect(untilMs - from).toBe(3_000)
  const ended = (what: string, atMs: number) => ({ what, atMs, goodUntilMs: atMs + 1_000 })
  expect(reasons.slice(1)).toEqual([ended('message', from + 1_000), ended('stops', from + 2_000)])
})

test('I12 who stops and begins again before the screen follows is shown for what they said last', () => {
  const { say, show, stop, noted } = aScreen()
  say(6_000)
  show(true)
  say(0)
  say(6_000)
  show(false)
  show(true)
  stop()
  expect(noted.map(({ reasons }) => reasons.length)).toEqual([3, 1])
  expect(noted[1]!.reasons[0]).toBe(noted[0]!.reasons[2])
})

test('I12 a process that stands still before the client can end a showing makes no ghost of it', async () => {
  vi.useRealTimers()
  const { say, show, stop, noted } = aScreen()
  say(50)
  await new Promise((resolve) => setTimeout(resolve, 5))
  show(true)
  const ended = new Promise<void>((resolve) => setTimeout(() => (show(false), resolve()), 60))
  // between the word's end and the client's timer
  await new Promise((resolve) => setTimeout(resolve, 50))
  for (const from = performance.now(); performance.now() - from < 1_100;);
  await ended
  await new Promise((resolve) => setTimeout(resolve, 10))
  stop()
  const [{ reasons, untilMs }] = noted as [TypingShown]
  expect(reasons[0]!.goodUntilMs ?? Infinity).toBeGreaterThanOrEqual(untilMs)
})

test('I12 a showing that nobody asked for stands on nothing', () => {
  const { show, stop, noted } = aScreen()
  show(true)
  stop()
  expect(noted[0]!.reasons).toEqual([])
})

test('I12 a word that comes by a socket to which its client no longer listens was not given', async () => {
  vi.useRealTimers()
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const witness = newWitness(fetch)
  const given: number[] = []
  witness.onTyping(({ ttlMs }) => given.push(ttlMs))
  const socket = new witness.WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const [other] = (await once(server, 'connection')) as [WebSocket]
  const heard: string[] = []
  const say = async (ttlMs: number) => {
    const frame = ['conversation:', CONVERSATION, ':live', JSON.stringify({ actorId: CONVERSATION, ttlMs })].join('')
    const arrived = once(socket as unknown as EventEmitter, 'message')
    other.send(frame)
    await arrived
  }
  socket.onmessage = ({ data }: MessageEvent<string>) => heard.push(data)
  await say(6_000)
  socket.onmessage = null
  await say(0)
  expect([given, heard.length, witness.told.has(CONVERSATION)]).toEqual([[6_000], 1, true])
  socket.close()
  server.close()
})

/** Somebody who is idle, of whom the test decides what they ask. */
function anIdler() {
  const asked = new Map<string, number[]>()
  const is = { live: true, hearing: true }
  return {
    is,
    ask: (kind: string) => asked.set(kind, [...(asked.get(kind) ?? []), performance.now()]),
    idler: { witness: { asked, isHearing: () => is.hearing }, isLive: () => is.live },
  }
}

test('I13 what is asked is counted from when all are live, hear all, and have nothing left to do', async () => {
  const { idler, ask, is } = anIdler()
  Object.assign(is, { live: false, hearing: false })
  const counting = countIdle([idler], { ms: 10_000, patienceMs: 90_000 })
  ask('POST /v1/sync')
  await pass(5_000)
  is.live = true
  await pass(20_000)
  is.hearing = true
  ask('join')
  await pass(13_000)
  for (const kind of ['dial', 'POST /v1/sync', 'dial']) {
    ask(kind)
    await pass(3_000)
  }
  await pass(5_000)
  const [idle] = await counting
  expect(Object.keys(idle!.asked)).toEqual(['POST /v1/sync', 'dial'])
  expect(idle!.asked['dial']![1]! - idle!.asked['dial']![0]!).toBe(6_000)
})

test('I13 one that never comes to rest is counted all the same', async () => {
  const { idler, ask } = anIdler()
  const loop = setInterval(() => ask('dial'), 1_000)
  const counting = countIdle([idler], { ms: 10_000, patienceMs: 20_000 })
  await pass(31_000)
  clearInterval(loop)
  expect((await counting)[0]!.asked['dial']).toHaveLength(10)
})

test('I11 what lists show is held against log and marks, once marks on their way have arrived or it takes too long', async () => {
  const log = [1, 2, 3].map((seq) => aMessageEvent(seq))
  const mark = (readSeq: number) => ({
    conversationId: 'c1',
    actor: visitor,
    deliveredSeq: 3,
    readSeq,
    readMessageNo: 0,
  })
  const marks = [mark(1), mark(1), mark(2)]
  const reader = (id: string, counted: number | null) => ({
    ...{ actor: { type: 'contact' as const, id }, conversationIds: ['c1'], counted: () => counted },
  })
  const settled = (counted: number | null, looks: number) => {
    const left = [...marks]
    return settledUnread(
      () => [reader(visitor.id!, counted), reader(agent.id!, 3)],
      new Map([['c1', log]]),
      async () => new Map([['c1', [left.shift() ?? mark(2)]]]),
      () => --looks <= 0,
    )
  }
  const [equal, never, missing] = [settled(1, 9), settled(2, 9), settled(null, 9)]
  await pass(9_000)
  const record = (counted: number | null) => [{ conversationId: 'c1', counted, real: 1 }]
  const ofAgent = [{ conversationId: 'c1', counted: 3, real: 3 }]
  expect(await equal).toEqual([record(1), ofAgent])
  expect(await never).toEqual([[{ conversationId: 'c1', counted: 2, real: 2 }], ofAgent])
  expect(await missing).toEqual([record(null), ofAgent])
})

test('I13 a topic is heard once the server says so, until it is closed; one that was refused or left is not waited for', async () => {
  vi.useRealTimers()
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const witness = newWitness(fetch)
  const socket = new witness.WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const [[other]] = (await Promise.all([
    once(server, 'connection'),
    once(socket as unknown as EventEmitter, 'open'),
  ])) as [[WebSocket], unknown]
  const frame = (topic: string, event: string, payload = {}, joinRef = '1') =>
    JSON.stringify([joinRef, '2', `realtime:${topic}`, event, payload])
  async function after(...words: Parameters<typeof frame>) {
    const arrived = once(socket as unknown as EventEmitter, 'message')
    other.send(frame(...words))
    await arrived
    return witness.isHearing()
  }
  const isHearing = [witness.isHearing()]
  for (const topic of ['a', 'b']) socket.send(frame(topic, 'phx_join'))
  isHearing.push(witness.isHearing(), await after('a', 'phx_reply', { status: 'ok', response: {} }))
  isHearing.push(await after('a', 'system', { status: 'ok', message: 'Replication connection established' }))
  isHearing.push(await after('b', 'phx_reply', { status: 'error', response: {} }))
  isHearing.push(await after('a', 'phx_close', {}, '0'), await after('a', 'phx_close'))
  socket.send(frame('a', 'phx_leave'))
  isHearing.push(witness.isHearing())
  expect(isHearing).toEqual([true, false, false, false, true, true, false, true])
  expect(witness.asked.get('join')).toHaveLength(2)
  socket.close()
  server.close()
})

test('I14 whatever answer or frame names a conversation, its client was told of it; questions are counted by kind', async () => {
  const other = '01a1ff1d-f2fd-78f6-b53b-4a78c7ef51fc'
  const body = JSON.stringify({ heads: [{ conversationId: CONVERSATION }], topic: `conversation:${other}:live` })
  const witness = newWitness(async () => new Response(body))
  const answer = await witness.fetch(`http://parley.test/v1/conversations/${CONVERSATION}/events?after=3`)
  expect(await answer.text()).toBe(body)
  expect([...witness.told]).toEqual([CONVERSATION, other])
  expect([...witness.asked]).toEqual([['GET /v1/conversations/:id/events', [performance.now()]]])
})
