import { once } from 'node:events'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { eventually } from '../support/eventually.js'
import { WebSocket as NodeSocket } from 'ws'
import { createAgent } from '../../sdk/agent.js'
import { createChat } from '../../sdk/index.js'
import type { Thread } from '../../sdk/thread-items.js'
import { createIdentityToken } from '../../sdk/server.js'
import { makeWorld, type World } from '../support/world.js'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

const opened = new Set<NodeSocket>()
class WatchedSocket extends NodeSocket {
  constructor(address: string | URL) {
    super(address)
    opened.add(this)
  }
}
const WebSocket = WatchedSocket as unknown as typeof globalThis.WebSocket

/** A visitor and an agent of one inbox, connected by the SDK alone. */
async function aPair(
  { socket, agentFetch }: { socket?: typeof WebSocket; agentFetch?: typeof fetch } = { socket: WebSocket },
) {
  const inbox = await world.inbox()
  const member = await world.agent(inbox.workspaceId, { inboxIds: [inbox.id] })
  const { realtime } = (await world.visitor(inbox.key)).session
  const visitor = createChat({ url: world.url, inboxKey: inbox.key, WebSocket: socket })
  const agent = createAgent({
    url: world.url,
    WebSocket: socket,
    fetch: agentFetch,
    getToken: async () => ({
      accessToken: member.token,
      expiresInSeconds: 300,
      agent: { id: member.id, name: 'Ada', email: 'ada@example.com', role: 'agent' },
      workspace: { id: inbox.workspaceId, name: 'A workspace' },
      realtime,
    }),
  })
  await visitor.connect()
  await agent.connect()
  const close = () => Promise.all([visitor.close(), agent.close()])
  return { visitor, agent, inboxKey: inbox.key, close }
}
const bodies = ({ items }: Thread) => items.flatMap((item) => (item.kind === 'message' ? [item.message.body] : []))
const live = (...clients: Pick<ReturnType<typeof createChat>, 'connection'>[]) =>
  eventually(() => clients.forEach(({ connection }) => expect(connection.getSnapshot().phase).toBe('live')))

test('a visitor and an agent converse, and the list of the agent moves by itself', async () => {
  const { visitor, agent, close } = await aPair()
  await live(visitor, agent)
  const list = agent.list('unassigned')
  list.open()
  const question = visitor.newConversation()
  question.open()
  await question.messages.send({ body: 'Do you ship to Norway?' }).sent
  await eventually(() =>
    expect(list.store.getSnapshot().items).toMatchObject([{ conversationId: question.id, unread: 1 }]),
  )
  const answer = agent.conversation(question.id!)
  answer.open()
  await eventually(() => expect(bodies(answer.thread.getSnapshot())).toEqual(['Do you ship to Norway?']))
  await answer.messages.send({ body: 'We do.' }).sent
  await eventually(() => expect(bodies(question.thread.getSnapshot())).toEqual(['Do you ship to Norway?', 'We do.']))
  await eventually(() =>
    expect(visitor.conversations.getSnapshot().items).toMatchObject([{ unread: 1, assigneeName: 'Ada' }]),
  )
  question.markRead()
  await eventually(() => expect(visitor.conversations.getSnapshot().items).toMatchObject([{ unread: 0 }]))
  await eventually(() => expect(list.store.getSnapshot().items).toEqual([]))
  await answer.resolve()
  await eventually(() => expect(question.thread.getSnapshot().head).toMatchObject({ status: 'resolved' }))
  await close()
})

test('I10 a cut socket comes back, and what was missed is there', async () => {
  const { visitor, agent, close } = await aPair()
  await live(visitor, agent)
  const question = visitor.newConversation()
  question.open()
  await question.messages.send({ body: 'one' }).sent
  const phases = new Set<string>()
  visitor.connection.subscribe(() => phases.add(visitor.connection.getSnapshot().phase))
  for (const socket of opened) socket.terminate()
  await eventually(() => expect(phases).toContain('reconnecting'))
  await agent.conversation(question.id!).messages.send({ body: 'two' }).sent
  await live(visitor, agent)
  await eventually(() => expect(bodies(question.thread.getSnapshot())).toEqual(['one', 'two']))
  await close()
})

test('edits, reactions, replies, ticks and typing reach the other side as they happen', async () => {
  const { visitor, agent, close } = await aPair()
  await live(visitor, agent)
  const question = visitor.newConversation()
  question.open()
  const { id } = await question.messages.send({ body: 'Do you ship to Norwy?' }).sent
  const first = (thread: Thread) => thread.items.find((item) => item.kind === 'message')
  const answer = agent.conversation(question.id!)
  answer.open()
  await eventually(() => expect(first(question.thread.getSnapshot())).toMatchObject({ state: 'delivered' }))
  answer.markRead()
  await eventually(() => expect(first(question.thread.getSnapshot())).toMatchObject({ state: 'read' }))

  await question.messages.edit(id, 'Do you ship to Norway?')
  await answer.messages.react(id, '👍', true)
  await eventually(() => {
    for (const [{ thread }, own] of [[question, false] as const, [answer, true] as const])
      expect(first(thread.getSnapshot())).toMatchObject({
        message: { body: 'Do you ship to Norway?' },
        reactions: [{ emoji: '👍', count: 1, own }],
      })
  })

  await eventually(() => {
    answer.startTyping()
    expect(question.typing.getSnapshot()).toMatchObject([{ actorId: agent.session.getSnapshot()!.agent.id }])
  })
  await answer.messages.send({ body: 'We do.', replyToId: id }).sent
  await eventually(() => {
    expect(question.typing.getSnapshot()).toEqual([])
    const last = question.thread.getSnapshot().items.findLast(({ kind }) => kind === 'message')
    expect(last).toMatchObject({ quoted: { id } })
  })
  const unread = () => expect(visitor.conversations.getSnapshot().items).toMatchObject([{ unread: 1 }])
  await eventually(unread)

  await question.messages.delete(id)
  await eventually(() => expect(first(answer.thread.getSnapshot())).toMatchObject({ message: { body: '' } }))
  await expect(answer.messages.react(id, '🎉', true)).rejects.toMatchObject({ code: 'gone' })
  unread()
  await close()
})

test('a rating stands on both sides until the conversation is open again, and not before it is resolved', async () => {
  const { visitor, agent, close } = await aPair()
  const question = visitor.newConversation()
  question.open()
  await question.messages.send({ body: 'Do you ship to Norway?' }).sent
  const answer = agent.conversation(question.id!)
  answer.open()
  const ratings = () => [question, answer].map(({ thread }) => thread.getSnapshot().rating)
  await expect(question.rate({ score: 5 })).rejects.toMatchObject({ code: 'stale_version' })
  await answer.resolve()
  await question.rate({ score: 2, comment: 'Slow' })
  await question.rate({ score: 4 })
  await eventually(() => expect(ratings()).toMatchObject([4, 4].map((score) => ({ score, comment: '' }))))
  await answer.reopen()
  await eventually(() => expect(ratings()).toEqual([null, null]))
  await close()
})

test('a visitor says who they are and sees who is there, and the agent sees the name in the list', async () => {
  const { visitor, agent, close } = await aPair()
  await live(visitor, agent)
  const list = agent.list('open')
  list.open()
  const question = visitor.newConversation()
  await question.messages.send({ body: 'Do you ship to Norway?' }).sent
  const contact = await visitor.updateContact({ name: 'Zoë', email: 'zoe@shop.example', consentedAt: true })
  expect(contact).toMatchObject({ name: 'Zoë', consentedAt: expect.any(String) })
  expect(visitor.session.getSnapshot()?.contact).toEqual(contact)
  await eventually(() => expect(list.store.getSnapshot().items).toMatchObject([{ contact: { name: 'Zoë' } }]))
  expect(await visitor.availability()).toEqual({ state: 'offline', names: [] })
  agent.conversation(question.id!).open()
  await eventually(async () => expect(await visitor.availability()).toEqual({ state: 'online', names: ['Ada'] }))
  await close()
})

test('a visitor who signs in on the site goes on as that user, without losing a message, in every tab', async () => {
  const { visitor, agent, inboxKey, close } = await aPair()
  await live(visitor, agent)
  const question = visitor.newConversation()
  question.open()
  await question.messages.send({ body: 'one' }).sent
  const answer = agent.conversation(question.id!)
  answer.open()
  const token = await createIdentityToken({ inboxSecret: 'secret', externalId: 'user-1', name: 'Zoë' })
  await expect(visitor.identify(`${token}x`)).rejects.toMatchObject({ code: 'token_invalid' })
  const unsent = question.messages.send({ body: 'two' })
  const contact = await visitor.identify(token)
  expect(contact).toMatchObject({ name: 'Zoë', verified: true })
  await unsent.sent
  await question.messages.send({ body: 'three' }).sent
  await live(visitor)
  expect(visitor.session.getSnapshot()?.contact.id).toBe(contact.id)
  await eventually(() => expect(bodies(answer.thread.getSnapshot())).toEqual(['one', 'two', 'three']))
  await answer.messages.send({ body: 'Hello Zoë' }).sent
  await eventually(() => expect(bodies(question.thread.getSnapshot())).toEqual(['one', 'two', 'three', 'Hello Zoë']))
  const own = question.thread.getSnapshot().items.map((item) => item.kind === 'message' && item.own)
  expect(own.filter(Boolean)).toHaveLength(3)

  const elsewhere = createChat({ url: world.url, inboxKey, WebSocket, getIdentityToken: async () => token })
  await elsewhere.connect()
  expect(elsewhere.session.getSnapshot()?.contact.id).toBe(contact.id)
  expect(elsewhere.conversations.getSnapshot().items).toMatchObject([{ conversationId: question.id }])
  await elsewhere.close()

  const other = await createIdentityToken({ inboxSecret: 'secret', externalId: 'user-2' })
  await visitor.identify(other)
  expect(visitor.conversations.getSnapshot().items).toEqual([])
  expect(visitor.session.getSnapshot()?.contact.id).not.toBe(contact.id)
  await close()
})

test('an agent sees where the visitor is, unless they say no more; what is erased is gone on both sides', async () => {
  const { visitor, agent, close } = await aPair()
  visitor.page({ url: 'https://shop.example/cart?token=1', title: 'Cart' })
  const question = visitor.newConversation()
  question.open()
  await question.messages.send({ body: 'A secret' }).sent
  const answer = agent.conversation(question.id!)
  answer.open()
  const shown = { url: 'https://shop.example/cart', title: 'Cart' }
  await eventually(async () => expect(await answer.pages()).toMatchObject([shown]))
  expect(await visitor.exportData()).toMatchObject({
    pages: [shown],
    conversations: [{ messages: [{ body: 'A secret' }] }],
  })
  const contactId = visitor.session.getSnapshot()!.contact.id
  await visitor.erase()
  expect(visitor.session.getSnapshot()).toBeNull()
  await eventually(() => expect(bodies(answer.thread.getSnapshot())).toEqual(['']))
  expect(await answer.pages()).toEqual([])
  await visitor.connect()
  expect(visitor.session.getSnapshot()!.contact.id).not.toBe(contactId)
  expect(visitor.conversations.getSnapshot().items).toEqual([])
  await close()
})

test('a bot hears each message once, in conversations that it never opened', async () => {
  const { visitor, agent, close } = await aPair()
  await live(visitor, agent)
  const heard: string[] = []
  agent.on('message', ({ message }) => heard.push(message.body))
  const question = visitor.newConversation()
  for (const body of ['one', 'two', 'three']) question.messages.send({ body })
  await eventually(() => expect(heard).toEqual(['one', 'two', 'three']))
  await close()
})

test('a bot hears a message whose first reading failed, without another one coming', async () => {
  let failures = 0
  const agentFetch: typeof fetch = (address, init) => {
    const isReading = String(address).includes('/messages?')
    if (isReading && failures++ < 2) return Promise.reject(new TypeError('fetch failed'))
    return fetch(address, init)
  }
  const { visitor, agent, close } = await aPair({ socket: WebSocket, agentFetch })
  await live(visitor, agent)
  const heard: string[] = []
  agent.on('message', ({ message }) => heard.push(message.body))
  visitor.newConversation().messages.send({ body: 'Anyone?' })
  await eventually(() => expect(heard).toEqual(['Anyone?']))
  expect(failures).toBeGreaterThan(2)
  await close()
})

test('without a socket both still hear each other, by long polls', async () => {
  vi.stubGlobal('WebSocket', undefined)
  opened.clear()
  const { visitor, agent, close } = await aPair({})
  await eventually(() =>
    [visitor, agent].forEach(({ connection }) => expect(connection.getSnapshot().phase).toBe('degraded')),
  )
  const question = visitor.newConversation()
  question.open()
  const list = agent.list('open')
  list.open()
  await question.messages.send({ body: 'Anyone?' }).sent
  await eventually(() => expect(list.store.getSnapshot().items).toHaveLength(1))
  await agent.conversation(question.id!).messages.send({ body: 'Yes.' }).sent
  await eventually(() => expect(bodies(question.thread.getSnapshot())).toEqual(['Anyone?', 'Yes.']))
  expect(opened.size).toBe(0)
  await close()
  vi.unstubAllGlobals()
})

test('close leaves no socket and no timer behind, so a process can end', async () => {
  opened.clear()
  const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const { visitor, agent, close } = await aPair()
  await live(visitor, agent)
  visitor.newConversation().open()
  await close()
  await Promise.all(
    [...opened].filter(({ readyState }) => readyState !== NodeSocket.CLOSED).map((socket) => once(socket, 'close')),
  )
  await eventually(() =>
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThanOrEqual(before),
  )
})

test('each side sees whether the other is there, and a visitor by name who answers', async () => {
  const { visitor, agent, close } = await aPair()
  await live(visitor, agent)
  const question = visitor.newConversation()
  await question.messages.send({ body: 'Anyone there?' }).sent
  const other = ({ presence }: Pick<typeof visitor, 'presence'>) => presence.getSnapshot().get(question.id!)
  const answer = agent.conversation(question.id!)
  answer.open()
  await answer.messages.send({ body: 'I am.' }).sent
  await eventually(() => expect(other(agent)).toEqual({ name: '', state: 'offline', lastSeenAt: null }))
  question.open()
  await eventually(() => expect(other(visitor)).toEqual({ name: 'Ada', state: 'online', lastSeenAt: null }))
  await close()
})
