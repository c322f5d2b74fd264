import type { Call, Send } from './api.js'
import type { ConnectionState } from './connection.js'
import type { ConversationHost, LiveConversation } from './conversation-host.js'
import { createConversation } from './conversation.js'
import { applyHeads, applyMarks, emptyList, listed as rowsOf, type ListState } from './conversation-list.js'
import type { Surroundings } from './defaults.js'
import { createEmitter, type Emitter } from './emitter.js'
import { fetchLive } from './fetch-live.js'
import { late } from './late.js'
import { createLateLink } from './late-link.js'
import type { Link } from './link.js'
import type { DraftKeeper, DraftPlace } from './outbox.js'
import type { ConversationHead, Receipt } from './protocol/conversation.js'
import type { PresenceListener } from './presence.js'
import { ChatError, type ErrorCode } from './protocol/errors.js'
import { type ChatEvent, topics, type Typing } from './protocol/events.js'
import type { Message } from './protocol/message.js'
import type { RealtimeAddress, TokenGrant } from './protocol/session.js'
import type { SyncAnswer } from './protocol/sync.js'
import type { SessionKeeper } from './session.js'
import { type Cell, createStore } from './store.js'
import { isSame, type Me } from './thread-items.js'

export interface ChatEvents {
  /** A message that was not there when we connected, once, in whichever conversation. */
  message: { conversationId: string; message: Message; own: boolean }
  /** Messages not read in all listed conversations. */
  unread: { total: number }
  connection: ConnectionState
  error: ChatError
  /** The visitor signed out in another tab, and so here; or is somebody else now, as the server or the site has it. */
  signOut: null
}

type NewConversation = [subject?: string, startKey?: string | false]

/** What both doors stand on. */
export interface Client<S> {
  call: Call
  keeper: () => Promise<SessionKeeper<S>>
  link: Link
  events: Emitter<ChatEvents>
  session: Cell<S | null>
  lists: Cell<ListState>
  me: () => Me | null
  listed: ConversationHost['listed']
  conversation: (conversationId: string) => LiveConversation
  newConversation: (...how: NewConversation) => LiveConversation
  /** Where a draft belongs that was kept, or that another tab has: found, or made to be found. */
  conversationOf: (place: DraftPlace) => LiveConversation
  /** Aborts with `close()`. */
  signal: AbortSignal
  /** Forgets everything about the person. */
  forget: () => void
  close: () => void
}

export function createClient<S extends TokenGrant & { realtime: RealtimeAddress }>(options: {
  surroundings: Surroundings
  send: Send
  take: () => Promise<S>
  meOf: (session: S) => Me
  baseTopics: (session: S, call: Call) => Promise<string[]>
  /** The lists were replaced by those of a digest. */
  onReset: () => void
  onDigest?: (answer: SyncAnswer) => void
  onPresence: PresenceListener['onPresence']
  page?: PresenceListener['page']
  isDesk?: PresenceListener['isDesk']
  /** Without it drafts are kept in memory. */
  keeper?: () => Promise<DraftKeeper>
}): Client<S> {
  const { surroundings } = options
  const { clock, random } = surroundings
  const session = createStore<S | null>(null)
  const lists = createStore(emptyList)
  const events = createEmitter<ChatEvents>()
  const ended = new AbortController()
  /** Two of them are of one id where a conversation was looked at before another page's beginning of it was answered. */
  const conversations = new Set<LiveConversation>()
  /** Restored, and not asked for yet. */
  const restored = new Set<LiveConversation>()
  let unread = 0

  const me = () => {
    const known = session.getSnapshot()
    return known && options.meOf(known)
  }
  let held: SessionKeeper<S> | undefined
  const keeper = late(async () => {
    const { keepSession, whenBack } = await fetchLive()
    whenBack(link.state, surroundings, ended.signal, () => conversations.forEach(({ lane }) => lane.wake()))
    return (held = keepSession({
      clock,
      random,
      take: options.take,
      personOf: (taken) => [options.meOf(taken).id!, ...(options.meOf(taken).formerIds ?? [])],
      taken,
    }))
  })
  /** A visitor of whom it was proved who they are is heard and told under another id. */
  function taken(now: S) {
    const before = me()?.id
    session.set(now)
    if (!before || before === me()?.id || link.state.getSnapshot().phase === 'idle') return
    link.stop()
    link.start().catch(() => {})
  }
  /** What the link asks by itself: two that wait there would else wake each other for ever. */
  const ask: Call = async (...asked) => (await fetchLive()).createCall(options.send, await keeper())(...asked)
  const call: Call = async (...asked) => {
    const answer = await ask(...asked)
    link.answered(answer)
    return answer
  }
  const acts = late(() => import('./acts.js'))
  const link = createLateLink({
    ...options,
    keeper,
    call: ask,
    apply,
    signal: ended.signal,
    open: () => [...conversations].flatMap((conversation) => conversation.cursors() ?? []),
    heard,
    baseTopics: (taken) => options.baseTopics(taken, call),
  })
  link.state.subscribe(() => {
    const state = link.state.getSnapshot()
    events.emit('connection', state)
    if (state.lastError) events.emit('error', state.lastError)
  })

  const host: ConversationHost = {
    call,
    acts,
    clock,
    random,
    me,
    isConnected: () => session.getSnapshot() !== null,
    headOf: (conversationId) => lists.getSnapshot().heads.get(conversationId),
    watch(conversationId) {
      const stops = [topics.conversation(conversationId), topics.live(conversationId)].map(link.watch)
      return () => stops.forEach((stop) => stop())
    },
    say: link.say,
    syncSoon: link.soon,
    listed,
    placed(conversation) {
      restored.delete(conversation)
      conversations.delete(conversation)
      const [first] = of(conversation.id!)
      conversations.add(conversation)
      return first
    },
    stored(conversationId, key) {
      for (const { thread, begun } of of(null))
        if (thread.getSnapshot().items.some((item) => item.key === key)) begun(conversationId)
    },
    arrived,
    waiting: new Set(),
    keeper: options.keeper,
  }

  const feed = late(async () =>
    (await fetchLive()).createMessageFeed({ call, clock, random, signal: ended.signal, me, events }),
  )
  function arrived(conversationId: string, message: Message) {
    void feed().then(({ came }) => came(conversationId, message))
  }

  /** Heads of which this is the first news: someone may listen to what is behind them. */
  function moved(heads: ConversationHead[]) {
    const known = lists.getSnapshot().heads
    for (const head of events.has('message') ? heads : [])
      if (!of(head.conversationId).some((conversation) => conversation.cursors()))
        void feed().then(({ moved }) => moved(head, known.get(head.conversationId)?.seq ?? 0))
    listed(heads, [])
  }

  function listed(heads: ConversationHead[], marks: Receipt[]) {
    setLists(applyMarks(applyHeads(lists.getSnapshot(), heads), marks))
    for (const head of heads) for (const known of of(head.conversationId)) known.headChanged(head)
  }

  function setLists(state: ListState) {
    lists.set(state)
    const total = rowsOf(state, me()).reduce((sum, row) => sum + row.unread, 0)
    if (total !== unread) events.emit('unread', { total })
    unread = total
  }

  function apply(answer: SyncAnswer) {
    if (answer.reset) {
      void feed().then(({ forget }) => forget())
      lists.set({ ...emptyList, marks: lists.getSnapshot().marks })
      listed(answer.heads, [])
    } else moved(answer.heads)
    listed([], answer.receipts)
    for (const log of answer.open) for (const known of of(log.conversationId)) known.caughtUp(log)
    for (const conversation of conversations) conversation.wake()
    if (answer.reset) options.onReset()
    options.onDigest?.(answer)
  }

  function heard(topic: string, event: string, payload: unknown) {
    if (event === 'head') moved([payload as ConversationHead])
    if (event === 'event') {
      const heardEvent = payload as ChatEvent
      for (const known of of(heardEvent.conversationId)) known.heard(heardEvent)
    }
    if (event === 'typing') for (const known of of(topic.split(':')[1]!)) known.typingHeard(payload as Typing)
    if (event === 'receipt') {
      const receipt = payload as Receipt
      for (const known of of(receipt.conversationId)) known.receiptChanged(receipt)
      if (isSame(me(), receipt.actor)) listed([], [receipt])
    }
  }

  function endConversations(code: ErrorCode, reason: string) {
    const error = new ChatError(code, `unable to send message; ${reason}`)
    for (const conversation of conversations) conversation.end(error)
    conversations.clear()
    restored.clear()
  }

  const of = (conversationId: string | null) => [...conversations].filter(({ id }) => id === conversationId)
  function create(...how: [id: string | null, ...NewConversation]) {
    const created = createConversation(host, ...how)
    conversations.add(created)
    return created
  }
  const conversation = (conversationId: string) => of(conversationId)[0] ?? create(conversationId)

  return {
    call,
    keeper,
    link,
    events,
    session,
    lists,
    me,
    listed,
    conversation,
    newConversation(...how) {
      const found = [...restored].find((known) => known.thread.getSnapshot().items.length)
      restored.delete(found!)
      return found ?? create(null, ...how)
    },
    conversationOf({ conversationId, startKey, subject }) {
      const begun = [...conversations].find((known) => known.startKey === startKey)
      if (begun && conversationId) begun.begun(conversationId)
      if (begun || conversationId) return begun ?? conversation(conversationId!)
      // the one that someone looks at, so that they see it there
      let found = of(null).find(({ thread }) => !thread.getSnapshot().items.length)
      if (!found) restored.add((found = create(null, subject ?? undefined)))
      found.startKey = startKey
      return found
    },
    signal: ended.signal,
    forget() {
      link.stop()
      held?.forget()
      endConversations('user_changed', 'its author signed out')
      session.set(null)
      setLists(emptyList)
    },
    close() {
      link.close()
      endConversations('aborted', 'its chat was closed')
      ended.abort()
    },
  }
}
