import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createChat } from '../../sdk/index.js'
import { eventually } from '../support/eventually.js'
import { aHead, aMessage, aMessageEvent, aSyncAnswer, aVisitorSession, EPOCH } from './builders.js'
import { settled } from './fake-clock.js'
import { fakeServer, type FakeHandler } from './fake-server.js'
import { fakeRealtime } from './fake-socket.js'

const ids = Array.from({ length: 30 }, (_, at) => `c${at}`)
const SYNC = 'POST /v1/sync'
let warnings: string[]
const warned = ({ name, message }: Error) => void warnings.push(`${name}: ${message}`)

beforeEach(() => {
  warnings = []
  process.on('warning', warned)
})
afterEach(() => {
  process.off('warning', warned)
  vi.unstubAllGlobals()
})

/** Connected in a process whose clock is the system's, as the warnings are of its listeners. */
async function connected(handlers: Record<string, FakeHandler> = {}) {
  const { server, WebSocket } = fakeRealtime()
  vi.stubGlobal('WebSocket', WebSocket)
  const network = fakeServer({
    'POST /v1/visitor/sessions': () => aVisitorSession(),
    'PUT /v1/presence': () => ({ people: [], serverTime: new Date().toISOString() }),
    [SYNC]: () => aSyncAnswer({ reset: true, heads: ids.map((conversationId) => aHead({ conversationId, seq: 2 })) }),
    ...handlers,
  })
  for (const conversationId of ids) {
    const path = `/v1/conversations/${conversationId}`
    network.handlers[`GET ${path}`] = () => ({ head: aHead({ conversationId, seq: 2 }), receipts: [] })
    network.handlers[`GET ${path}/messages`] = () => ({ items: [aMessage(2)], hasMore: false, head: 2, epoch: EPOCH })
  }
  const chat = createChat({ url: 'http://parley.test', inboxKey: 'demo', fetch: network.fetch })
  await chat.connect()
  return { chat, server, network }
}

test('thirty conversations are open, and Node warns of no leak while they are joined, heard and left', async () => {
  const { chat, server } = await connected()
  server.isDark = true
  const conversations = ids.map((id) => chat.conversation(id))
  const leave = conversations.map((conversation) => conversation.open())
  await eventually(() => expect(server.joins).toBeGreaterThan(2 * ids.length))
  server.isDark = false
  for (const stop of leave) stop()
  await chat.close()
  await settled()
  expect(warnings).toEqual([])
})

test('thirty messages of one conversation are changed at once, and Node warns of no leak', async () => {
  const items = ids.map((id, at) => aMessage(at + 2, { id }))
  const { chat, network } = await connected()
  network.handlers['GET /v1/conversations/c0/messages'] = () => ({ items, hasMore: false, head: 31, epoch: EPOCH })
  ids.forEach((id, at) => {
    const event = { ...aMessageEvent(at + 40, items[at]), type: 'message.changed' }
    network.handlers[`PUT /v1/conversations/c0/messages/${id}/reactions`] = () => event
  })
  const conversation = chat.conversation('c0')
  conversation.open()
  await eventually(() => expect(conversation.thread.getSnapshot().items).toHaveLength(ids.length))
  await Promise.all(ids.map((id) => conversation.messages.react(id, '👍', true)))
  await chat.close()
  await settled()
  expect(warnings).toEqual([])
})
