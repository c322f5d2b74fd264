import { createElement, startTransition, StrictMode, Suspense, use, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { ChatError, type Session } from '../../sdk/index.js'
import { ChatProvider, type ChatState, useChat, useConnection, useConversations } from '../../sdk/react/index.js'
import { aDraft, aHead, aMessage, FakeChat, FakeConversation } from './fake-chat.js'
import { equal, teardown, test, until } from './ground.js'

const roots: { unmount(): void }[] = []
teardown(() => roots.splice(0).forEach((root) => root.unmount()))

/** A conversation that counts how often it was opened and closed, and who listens. */
class WatchedConversation extends FakeConversation {
  opens = 0
  closes = 0
  listeners = 0
  constructor(...made: ConstructorParameters<typeof FakeConversation>) {
    super(...made)
    const { open } = this
    this.open = () => {
      this.opens++
      const close = open()
      return () => (this.closes++, close())
    }
    for (const store of [this.thread, this.typing]) {
      const { subscribe } = store
      store.subscribe = (listener) => {
        this.listeners++
        const stop = subscribe(listener)
        return () => (this.listeners--, stop())
      }
    }
  }
}

/** A StrictMode page with one component that shows what `useChat` gives. */
async function aPage(chat: FakeChat, startingId: string | null) {
  const seen: ChatState[] = []
  const page = {
    seen,
    last: () => seen.at(-1)!,
    bodies: () => seen.at(-1)!.messages.map(({ body }) => body),
    show: (_id: string | null) => {},
    root: createRoot(document.createElement('div')),
  }
  function View({ id }: { id: string | null }) {
    seen.push(useChat(id))
    return null
  }
  function App() {
    const [id, show] = useState(startingId)
    page.show = show
    return createElement(View, { id })
  }
  roots.push(page.root)
  page.root.render(createElement(StrictMode, null, createElement(ChatProvider, { chat }, createElement(App))))
  await until(() => seen.length > 0)
  return page
}
function aChat(...conversations: FakeConversation[]): FakeChat {
  const chat = new FakeChat()
  for (const conversation of conversations) chat.known.set(conversation.id!, conversation)
  return chat
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

test('in StrictMode a conversation is opened once, closed once, and nobody goes on listening', async () => {
  const conversation = new WatchedConversation('c1', { items: [aMessage(1, 'Hello')] })
  const chat = aChat(conversation)
  const page = await aPage(chat, 'c1')
  await until(() => page.bodies().length > 0)
  await settled()
  equal([conversation.opens, conversation.closes, conversation.listeners, chat.connects], [1, 0, 2, 1])
  equal(page.bodies(), ['Hello'])
  page.root.unmount()
  await until(() => conversation.closes > 0)
  equal([conversation.opens, conversation.closes, conversation.listeners], [1, 1, 0])
  equal(chat.isClosed, false)
})

test('another conversation takes the place of the first, which nobody opens or hears any more', async () => {
  const [first, second] = ['c1', 'c2'].map((id) => new WatchedConversation(id, { items: [aMessage(1, `In ${id}`)] }))
  const page = await aPage(aChat(first!, second!), 'c1')
  await until(() => page.bodies().length > 0)
  page.show('c2')
  await until(() => page.bodies()[0] === 'In c2')
  await until(() => first!.closes > 0)
  equal([first!.listeners, second!.opens, second!.listeners], [0, 1, 2])
  const renders = page.seen.length
  first!.thread.set({ isLoading: true })
  await settled()
  equal(page.seen.length, renders)
})

test('functions stay the same, messages that did not change too, and news is one new value', async () => {
  const conversation = new FakeConversation('c1', { items: [aMessage(1, 'one'), aDraft('k2', 'two')] })
  const chat = aChat(conversation)
  const page = await aPage(chat, 'c1')
  await until(() => page.bodies().length > 0)
  chat.arrive(aHead('c1'))
  const before = page.last()
  const { items } = conversation.thread.getSnapshot()
  conversation.thread.set({ items: [items[0]!, aMessage(2, 'two', { own: true })] })
  await until(() => page.last().messages[1]?.state === 'sent')
  const after = page.last()
  for (const [name, value] of Object.entries(before))
    if (typeof value === 'function') equal(after[name as keyof ChatState] === value, true)
  equal(after.messages[0] === before.messages[0], true)
  equal(after.messages === before.messages, false)
  conversation.thread.set({ receipts: [] })
  await until(() => page.last() !== after)
  equal(page.last().messages === after.messages, true)
})

test('null begins one conversation with its first message, and its id appears without a jump', async () => {
  const chat = new FakeChat()
  const page = await aPage(chat, null)
  await until(() => page.last().conversation)
  equal([chat.started.length, page.last().conversationId, page.last().isLoading], [1, null, false])
  const [begun] = chat.started
  page.last().sendMessage('Hello', { replyToId: 'm0' })
  await until(() => page.bodies()[0] === 'Hello')
  equal(
    [begun!.asked, page.last().messages[0]!.state, page.last().messages[0]!.own],
    [['send Hello to m0'], 'sending', true],
  )
  chat.known.set('c9', begun!)
  begun!.thread.set({ conversationId: 'c9' })
  await until(() => page.last().conversationId === 'c9')
  const seenBefore = page.seen.length
  page.show('c9')
  await until(() => page.seen.length > seenBefore)
  await settled()
  equal([page.seen.slice(seenBefore).every(({ messages }) => messages.length === 1), begun!.opened], [true, 1])
})

test('a conversation with an id is loading until something of it is there, and tells what went wrong', async () => {
  const conversation = new FakeConversation('c1')
  const chat = aChat(conversation)
  const page = await aPage(chat, 'c1')
  equal(page.last().isLoading, true)
  chat.arrive()
  conversation.thread.set({ items: [aMessage(1, 'Hello')], hasEarlier: true })
  await until(() => page.bodies().length > 0)
  equal([page.last().isLoading, page.last().hasEarlier, page.last().error], [false, true, null])
  conversation.thread.set({
    items: [],
    error: new ChatError('not_found', 'unable to read conversation; it is not there'),
  })
  await until(() => page.last().error)
  equal([page.last().error!.code, page.last().isLoading], ['not_found', false])
})

test('a chat that cannot connect for good is an error of every hook below', async () => {
  const chat = new FakeChat()
  const page = await aPage(chat, 'c1')
  await until(() => chat.connects > 0)
  chat.refuse(new ChatError('not_found', 'unable to begin session; no such inbox'))
  await until(() => page.last().error)
  equal([page.last().error!.code, page.last().isLoading], ['not_found', false])
})

test('who is there and who types is told; who went away is not online', async () => {
  const conversation = new FakeConversation('c1', { items: [aMessage(1, 'Hello')] })
  const chat = aChat(conversation)
  const page = await aPage(chat, 'c1')
  await until(() => page.bodies().length > 0)
  const ada = { name: 'Ada', state: 'online', lastSeenAt: null } as const
  chat.presence.replace(new Map([['c1', ada]]))
  conversation.typing.replace([{ actorId: 'a1', name: 'Ada' }])
  await until(() => page.last().onlineUsers[0] && page.last().typingUsers[0])
  equal([page.last().onlineUsers, page.last().typingUsers], [[ada], [{ actorId: 'a1', name: 'Ada' }]])
  chat.presence.replace(new Map([['c1', { ...ada, state: 'away' }]]))
  await until(() => page.last().onlineUsers.length === 0)
})

test('every act reaches the conversation that is shown', async () => {
  const conversation = new FakeConversation('c1', { items: [aMessage(1, 'Hello')] })
  const page = await aPage(aChat(conversation), 'c1')
  await until(() => page.bodies().length > 0)
  const chat = page.last()
  chat.sendTypingIndicator()
  chat.sendTypingIndicator(false)
  await Promise.all([chat.editMessage('m1', 'Hi'), chat.deleteMessage('m1'), chat.react('m1', '👍')])
  await Promise.all([chat.react('m1', '👍', false), chat.loadEarlier()])
  chat.retry('k')
  chat.discard('k')
  chat.markRead()
  equal(conversation.typed, ['typing', 'stopped'])
  equal(conversation.asked.sort(), [
    'delete m1',
    'discard k',
    'earlier',
    'edit m1 Hi',
    'react m1 👍 false',
    'react m1 👍 true',
    'read',
    'retry k',
  ])
})

test('whoever signs out leaves nothing on the page, and may begin anew', async () => {
  const chat = new FakeChat()
  const page = await aPage(chat, null)
  chat.arrive()
  await until(() => page.last().conversation)
  page.last().sendMessage('secret')
  await until(() => page.bodies().length > 0)
  chat.session.replace(null)
  await until(() => page.bodies().length === 0)
  equal(chat.started.length, 2)
  await until(() => chat.started[0]!.opened === 0)
  chat.session.replace({ contact: { id: 'c2', name: 'Bo' }, inbox: {} } as unknown as Session)
  page.last().sendMessage('Hello')
  await until(() => page.bodies()[0] === 'Hello')
  equal(page.last().messages[0]!.author, { type: 'contact', id: 'c2', name: 'Bo' })
})

test('a render that is thrown away opens nothing', async () => {
  const conversation = new WatchedConversation('c1', { items: [aMessage(1, 'Hello')] })
  const chat = aChat(conversation)
  let come = () => {}
  const late = new Promise<string>((resolve) => (come = () => resolve('')))
  let renders = 0
  function Waiting({ id }: { id: string | null }) {
    useChat(id)
    renders++
    return id && use(late)
  }
  let show = (_id: string | null) => {}
  function App() {
    const [id, set] = useState<string | null>(null)
    show = set
    return createElement(Suspense, null, createElement(Waiting, { id }))
  }
  const root = createRoot(document.createElement('div'))
  roots.push(root)
  root.render(createElement(ChatProvider, { chat }, createElement(App)))
  await until(() => chat.started.length > 0)
  startTransition(() => show('c1'))
  await until(() => renders > 2)
  equal([conversation.opens, conversation.listeners], [0, 0])
  come()
  await until(() => conversation.opens > 0)
  equal(conversation.opens, 1)
})

test('the list and the connection move by themselves', async () => {
  const chat = new FakeChat()
  const seen: unknown[] = []
  function List() {
    const { conversations, isLoading, hasMore } = useConversations()
    seen.push([conversations.map(({ conversationId }) => conversationId), isLoading, hasMore, useConnection().phase])
    return null
  }
  const root = createRoot(document.createElement('div'))
  roots.push(root)
  root.render(createElement(StrictMode, null, createElement(ChatProvider, { chat }, createElement(List))))
  await until(() => chat.connects > 0)
  chat.arrive(aHead('c2'), aHead('c1'))
  await until(() => JSON.stringify(seen.at(-1)).includes('live'))
  equal(seen.at(-1), [['c2', 'c1'], false, false, 'live'])
})
