import { beforeAll, expect, test, vi } from 'vitest'
import type { SyncRequest } from '../../sdk/protocol/index.js'
import { agent, aHead, aMessage, aSyncAnswer } from './builders.js'
import { aVisitor, lines } from './fake-visitor.js'

beforeAll(() => void vi.stubGlobal('WebSocket', undefined))

function deferred() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}

/** A visitor whose page was left before it heard that its first message, and with it the conversation, is stored. */
async function leftEarly(...bodies: string[]) {
  const visitor = aVisitor()
  const { open, until, world, rows } = visitor
  const one = open()
  world.fate = 'stored, but unanswered'
  await until(() => one.chat.connect())
  const conversation = one.chat.newConversation()
  for (const body of bodies) await conversation.messages.send({ body }).queued
  await until(() => expect(rows.length).toBe(1))
  one.kill()
  return visitor
}

test('I4 what was begun on a page that was left is one conversation on the next: news of it comes to whoever looks at it', async () => {
  const { open, until, world, rows, clock } = await leftEarly('mine')
  const { chat } = open()
  await until(() => chat.connect())
  const looked = chat.conversation('c1')
  looked.open()
  await until(() => expect(lines(looked)).toEqual(['mine sent']))
  world.fate = 'stored'
  await clock.advance(30_000)
  rows.push(aMessage(3, { messageNo: 2, author: agent, body: 'theirs' }))
  await until(() => expect(lines(looked)).toEqual(['mine read', 'theirs sent']))
  expect(chat.conversation('c1')).toBe(looked)
})

test.each([
  ['and shows it', true],
  ['also where its log is not loaded', false],
])('O4 what is written there goes after what the page before had kept, %s', async (_, isOpen) => {
  const { open, until, world, rows, clock } = await leftEarly('one', 'two', 'three')
  const { chat } = open()
  await until(() => chat.connect())
  const looked = chat.conversation('c1')
  if (isOpen) looked.open()
  const { sent } = looked.messages.send({ body: 'four' })
  await clock.advance(30_000)
  world.fate = 'stored'
  await until(() => sent)
  expect(rows.map(({ body }) => body)).toEqual(['one', 'two', 'three', 'four'])
  looked.open()
  await until(() => expect(lines(looked)).toEqual(['one sent', 'two sent', 'three sent', 'four sent']))
})

test('O4 once connected, what was kept is in the conversation that is begun next', async () => {
  const { open, until, world, rows, server } = await leftEarly('one', 'two')
  world.isListed = false
  // whoever asks first is refused, and what is kept waits for another occasion
  const refresh = server.handlers['POST /v1/visitor/sessions/refresh']!
  server.handlers['POST /v1/visitor/sessions/refresh'] = () => {
    server.handlers['POST /v1/visitor/sessions/refresh'] = refresh
    throw new TypeError('failed to fetch')
  }
  const { chat } = open()
  const begin = async () => {
    await chat.connect()
    const next = chat.newConversation()
    return { next, shown: lines(next).map((line) => line.split(' ')[0]) }
  }
  const { next, shown } = await until(begin)
  expect(shown).toEqual(['one', 'two'])
  world.fate = 'stored'
  await until(() => next.messages.send({ body: 'three' }).sent)
  expect(rows.map(({ body }) => body)).toEqual(['one', 'two', 'three'])
})

test('O4 a digest that was asked for before a conversation began does not take it from the list again', async () => {
  const { open, until, world, server, clock } = aVisitor()
  // right to the second: else a draft waits for the server's time before it goes
  const { now } = clock
  const late = world.serverMs - now()
  clock.now = () => now() + late
  const one = open()
  world.fate = 'never arrived'
  await until(() => one.chat.connect())
  await one.chat.newConversation().messages.send({ body: 'mine' }).queued
  one.kill()
  world.fate = 'stored'
  const { 'POST /v1/sync': digest, 'POST /v1/conversations': begin } = server.handlers
  let digests = 0
  const asked = deferred()
  const begun = deferred()
  // the first one fails, so that what is kept is taken up again; those after it are read at once and answered late
  server.handlers['POST /v1/sync'] = async (request) => {
    if (!digests++) throw new TypeError('failed to fetch')
    const answer = digest!(request)
    if (digests === 3) asked.resolve()
    await begun.promise
    return answer
  }
  server.handlers['POST /v1/conversations'] = async (request) => {
    await asked.promise
    void clock.sleep(200).then(begun.resolve)
    return begin!(request)
  }
  const { chat } = open()
  const known = chat.connect().then(() => chat.conversations.getSnapshot().items)
  expect(await until(() => known)).toMatchObject([{ conversationId: 'c1' }])
})

test('I2 what is in the log is shown once, as sent, though its page had not heard and the next one is refused', async () => {
  const { open, until, world, clock } = await leftEarly('mine')
  world.fate = 'forbidden'
  const { chat } = open()
  await until(() => chat.connect())
  const looked = chat.conversation('c1')
  looked.open()
  await until(() => expect(lines(looked)).toEqual(['mine sent']))
  await clock.advance(5_000)
  expect(lines(chat.newConversation())).toEqual([])
})

test('a conversation that is looked at before the answer to its first message comes is told of everything, once', async () => {
  const { open, until, world, rows, clock, server } = aVisitor()
  const { chat } = open()
  const told: string[] = []
  chat.on('message', ({ message }) => told.push(message.body))
  await until(() => chat.connect())
  world.fate = 'stored, but unanswered'
  const written = chat.newConversation()
  const sends = ['one', 'two', 'three'].map((body) => written.messages.send({ body }))
  await until(() => expect(rows.length).toBe(1))
  written.open()
  // the list knows it from a digest that is older than the answer
  await until(() => expect(chat.conversations.getSnapshot().items.length).toBe(1))
  const looked = chat.conversation('c1')
  expect(looked).not.toBe(written)
  looked.open()
  world.fate = 'stored'
  await until(() => Promise.all(sends.map(({ sent }) => sent)))
  await clock.advance(5_000)
  rows.push(aMessage(5, { messageNo: 4, author: agent, body: 'theirs' }))
  for (const each of [written, looked])
    await until(() => expect(lines(each).map((line) => line.split(' ')[0])).toEqual(['one', 'two', 'three', 'theirs']))
  expect(told.filter((body) => body !== 'one')).toEqual(['two', 'three', 'theirs'])
  expect(chat.conversation('c1')).toBe(looked)
  expect(server.asked('POST /v1/conversations').length).toBeGreaterThan(1)
})

test('a message of a restored database is told of, though its number is lower than what was told before', async () => {
  const { open, until, rows, server, clock } = aVisitor()
  for (const seq of [2, 3, 4]) rows.push(aMessage(seq, { body: `before ${seq}` }))
  const { chat } = open()
  const told: string[] = []
  chat.on('message', ({ message }) => told.push(message.body))
  const sync = { reset: true, heads: [aHead({ seq: 2 })] }
  server.handlers['POST /v1/sync'] = async ({ body }) => {
    await clock.sleep((body as SyncRequest).waitMs ?? 0)
    return aSyncAnswer(sync)
  }
  await until(() => chat.connect())
  Object.assign(sync, { reset: false, heads: [aHead({ seq: 4 })] })
  await until(() => expect(told).toContain('before 4'))
  const heads = [aHead({ seq: 2, epoch: 'epoch-2' })]
  rows.splice(0, 3, aMessage(3, { body: 'after' }))
  Object.assign(sync, { reset: true, heads })
  await clock.advance(60_000)
  Object.assign(sync, { reset: false, heads: [aHead({ seq: 3, epoch: 'epoch-2' })] })
  await until(() => expect(told.at(-1)).toBe('after'))
})
