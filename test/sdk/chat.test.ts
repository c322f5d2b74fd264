import { beforeAll, expect, test, vi } from 'vitest'
import { eventually } from '../support/eventually.js'
import { createChat } from '../../sdk/index.js'
import type { ConversationStart, SyncRequest } from '../../sdk/protocol/index.js'
import { aHead, aMessage, aMessageEvent, aSyncAnswer, aVisitorSession, EPOCH, visitor } from './builders.js'
import { fakeClock, settled } from './fake-clock.js'
import { type FakeHandler, fakeServer, problem } from './fake-server.js'

const SYNC = 'POST /v1/sync'
const START = 'POST /v1/conversations'
const SEND = 'POST /v1/conversations/c1/messages'

beforeAll(() => void vi.stubGlobal('WebSocket', undefined))

function aChat(handlers: Record<string, FakeHandler> = {}) {
  const waiting: (() => void)[] = []
  const server = fakeServer({
    'POST /v1/visitor/sessions': () => aVisitorSession(),
    // as a long poll, this one never has news
    [SYNC]: ({ body }) =>
      (body as SyncRequest).waitMs
        ? new Promise<void>((resolve) => waiting.push(resolve))
        : aSyncAnswer({ reset: false }),
    [START]: ({ body }) => {
      const { message } = body as ConversationStart
      const event = aMessageEvent(2, { ...message, author: visitor })
      return {
        head: aHead({ seq: 2 }),
        events: [{ ...aMessageEvent(1), type: 'conversation.created', data: {} }, event],
      }
    },
    ...handlers,
  })
  const clock = fakeClock()
  const chat = createChat({
    url: 'http://parley.test',
    inboxKey: 'demo',
    fetch: server.fetch,
    clock,
    random: () => 0.5,
  })
  return { chat, server, clock }
}
const bodies = (chat: ReturnType<typeof aChat>['chat'], conversation = chat.conversation('c1')) =>
  conversation.thread.getSnapshot().items.map((item) => (item.kind === 'message' ? item.message.body : item.kind))

test('nothing is asked of the network before connect', async () => {
  const { chat, server, clock } = aChat()
  chat.conversation('c1').open()
  chat.newConversation().open()
  await clock.advance(60_000)
  expect(server.requests).toEqual([])
})

test('without any socket it is degraded to long polls', async () => {
  const { chat, server, clock } = aChat()
  await chat.connect()
  await clock.advance(100)
  expect(chat.connection.getSnapshot()).toEqual({
    phase: 'degraded',
    since: clock.now() - 100,
    transport: 'poll',
    lastError: null,
    retryAt: null,
  })
  expect(server.asked(SYNC).at(-1)!.body).toMatchObject({ waitMs: 25_000, cursor: 'cursor-1' })
  await chat.close()
})

test('connect waits out what passes and rejects on what does not', async () => {
  let isDown = true
  const passing = aChat({ 'POST /v1/visitor/sessions': () => (isDown ? problem('unavailable') : aVisitorSession()) })
  const connected = passing.chat.connect()
  await passing.clock.advance(1_000)
  expect(passing.chat.connection.getSnapshot()).toMatchObject({ phase: 'offline', lastError: { code: 'unavailable' } })
  isDown = false
  await passing.clock.advance(60_000)
  await connected
  await passing.chat.close()

  const refused = aChat({ 'POST /v1/visitor/sessions': () => problem('not_found') })
  await expect(refused.chat.connect()).rejects.toMatchObject({ code: 'not_found' })
  expect(refused.chat.connection.getSnapshot().phase).toBe('idle')
})

test('the first message opens the conversation; what follows waits for its id', async () => {
  const { chat, server } = aChat({ [SEND]: ({ body }) => aMessageEvent(3, { ...(body as object), author: visitor }) })
  const conversation = chat.newConversation({ subject: 'Norway' })
  const first = conversation.messages.send({ body: 'one' })
  const second = conversation.messages.send({ body: 'two' })
  expect(conversation.id).toBeNull()
  await Promise.all([first.sent, second.sent])
  expect(conversation.id).toBe('c1')
  expect(chat.conversation('c1')).toBe(conversation)
  expect(bodies(chat)).toEqual(['one', 'two'])
  expect(server.requests.map(({ path }) => path)).toEqual([
    '/v1/visitor/sessions',
    '/v1/conversations',
    '/v1/conversations/c1/messages',
  ])
  expect(server.asked(START)[0]!.body).toMatchObject({
    idempotencyKey: first.idempotencyKey,
    subject: 'Norway',
    message: { idempotencyKey: first.idempotencyKey, body: 'one' },
  })
})

test('a message that went to the conversation that follows takes its Conversation along', async () => {
  const idempotencyKey = 'key-2'
  const { chat } = aChat({
    [SEND]: ({ body }) => ({ ...aMessageEvent(2, { ...(body as object), author: visitor }), conversationId: 'c2' }),
    'GET /v1/conversations/c2': () => ({ head: aHead({ conversationId: 'c2', seq: 2 }), receipts: [] }),
    'GET /v1/conversations/c2/messages': () => ({
      items: [aMessage(2, { body: 'again', author: visitor })],
      hasMore: false,
      head: 2,
      epoch: EPOCH,
    }),
  })
  await chat.connect()
  const conversation = chat.conversation('c1')
  await conversation.messages.send({ body: 'again', idempotencyKey }).sent
  expect(conversation.id).toBe('c2')
  expect(chat.conversation('c2')).toBe(conversation)
  await eventually(() => expect(bodies(chat, conversation)).toEqual(['again']))
  await chat.close()
})

test('a hole costs one digest, however many events reveal it', async () => {
  let seq = 3
  const { chat, server, clock } = aChat({
    'GET /v1/conversations/c1': () => ({ head: aHead({ seq: 1 }), receipts: [] }),
    'GET /v1/conversations/c1/messages': () => ({ items: [aMessage(1)], hasMore: false, head: 1, epoch: EPOCH }),
    // each answer is two events further than the one before
    [SEND]: ({ body }) => aMessageEvent((seq += 2), { ...(body as object), author: visitor }),
  })
  await chat.connect()
  const conversation = chat.conversation('c1')
  conversation.open()
  await eventually(() => expect(bodies(chat)).toEqual(['body 1']))
  const before = server.asked(SYNC).length
  server.handlers[SYNC] = ({ body }) =>
    (body as SyncRequest).waitMs
      ? new Promise(() => {})
      : aSyncAnswer({
          reset: false,
          open: [
            {
              conversationId: 'c1',
              epoch: EPOCH,
              head: 7,
              internalHead: 0,
              events: [2, 3, 4, 6].map((missing) => aMessageEvent(missing)),
              receipts: [],
              hasMore: false,
            },
          ],
        })
  await Promise.all([
    conversation.messages.send({ body: 'mine' }).sent,
    conversation.messages.send({ body: 'too' }).sent,
  ])
  expect(bodies(chat)).toEqual(['body 1', 'draft', 'draft'])
  await clock.advance(80)
  expect(bodies(chat)).toEqual(['body 1', 'body 2', 'body 3', 'body 4', 'mine', 'body 6', 'too'])
  const digests = server
    .asked(SYNC)
    .slice(before)
    .filter(({ body }) => !(body as SyncRequest).waitMs)
  expect(digests.map(({ body }) => (body as SyncRequest).open)).toEqual([
    [{ conversationId: 'c1', epoch: EPOCH, seq: 1, internalSeq: 0, minSeq: 7 }],
  ])
  await chat.close()
})

test('I9 a log that a restore made shorter is loaded anew, and what is not sent yet stays', async () => {
  let page = { items: [1, 2, 3].map((seq) => aMessage(seq)), hasMore: false, head: 3, epoch: EPOCH }
  let head = aHead({ seq: 3, assigneeName: 'Ada' })
  const { chat, server, clock } = aChat({
    'GET /v1/conversations/c1': () => ({ head, receipts: [] }),
    'GET /v1/conversations/c1/messages': () => page,
    [SEND]: () => problem('unavailable'),
  })
  await chat.connect()
  const conversation = chat.conversation('c1')
  const leave = conversation.open()
  await eventually(() => expect(bodies(chat)).toEqual(['body 1', 'body 2', 'body 3']))
  conversation.messages.send({ body: 'mine' })
  page = { items: [aMessage(1), aMessage(2, { body: 'other 2' })], hasMore: false, head: 2, epoch: EPOCH }
  head = aHead({ seq: 2, assigneeName: null })
  const log = { conversationId: 'c1', epoch: EPOCH, head: 2, internalHead: 0, events: [], receipts: [], hasMore: false }
  server.handlers[SYNC] = ({ body }) =>
    (body as SyncRequest).waitMs ? new Promise(() => {}) : aSyncAnswer({ heads: [head], open: [log] })
  leave()
  conversation.open()
  await clock.advance(80)
  await eventually(() => expect(bodies(chat)).toEqual(['body 1', 'other 2', 'draft']))
  expect(conversation.thread.getSnapshot().head).toEqual(head)
  await chat.close()
})

test('close rejects what still waits and asks nothing more', async () => {
  const { chat, server, clock } = aChat({ [START]: () => problem('unavailable') })
  await chat.connect()
  const phases: string[] = []
  chat.on('connection', ({ phase }) => phases.push(phase))
  const { sent } = chat.newConversation().messages.send({ body: 'hello' })
  await settled()
  await chat.close()
  await expect(sent).rejects.toMatchObject({ code: 'aborted' })
  const count = server.requests.length
  await clock.advance(600_000)
  expect(server.requests).toHaveLength(count)
  expect(phases.slice(-1)).toEqual(['closed'])
  expect(phases).not.toContain('idle')
})

test('close while a conversation is loading ends the load, and begins no other', async () => {
  const { chat, server } = aChat({
    'GET /v1/conversations/c1': () => new Promise(() => {}),
    'GET /v1/conversations/c1/messages': () => new Promise(() => {}),
  })
  await chat.connect()
  chat.conversation('c1').open()
  await eventually(() => expect(server.asked('GET /v1/conversations/c1/messages')).toHaveLength(1))
  await chat.close()
  const count = server.requests.length
  await settled()
  expect(server.requests).toHaveLength(count)
})

test('logout forgets the person here and on the server', async () => {
  const { chat, server } = aChat({ 'DELETE /v1/visitor/sessions': () => undefined })
  await chat.connect()
  await chat.newConversation().messages.send({ body: 'hello' }).sent
  await chat.logout()
  expect(server.asked('DELETE /v1/visitor/sessions')).toMatchObject([{ token: 'token-1' }])
  expect(chat.session.getSnapshot()).toBeNull()
  expect(chat.conversations.getSnapshot().items).toEqual([])
  await chat.connect()
  expect(server.asked('POST /v1/visitor/sessions')).toHaveLength(2)
  await chat.close()
})
