import type * as acts from './acts.js'
import type { Call } from './api.js'
import type { Clock } from './clock.js'
import { randomKey } from './defaults.js'
import { late } from './late.js'
import { createLateActs } from './late-acts.js'
import type { MessageActs } from './message-acts.js'
import type * as live from './live.js'
import { fetchLive } from './fetch-live.js'
import { createLane, type DraftKeeper, type DraftPlace, type Lane, type SendHandle } from './outbox.js'
import type { ConversationHead, Receipt } from './protocol/conversation.js'
import { ChatError } from './protocol/errors.js'
import { type ChatEvent, type ChatEventNotice, type Typing } from './protocol/events.js'
import type { Draft, Message } from './protocol/message.js'
import type { ActAnswer } from './protocol/routes.js'
import type { SyncLog, SyncRequest } from './protocol/sync.js'
import { asChatError } from './retry.js'
import { createStore, type Store } from './store.js'
import { isSame, type LoadingState, type Me, type Thread, toThread } from './thread-items.js'
import type { TypingPerson } from './typing.js'
import {
  anchorAtStart,
  applyEvent,
  applyHead,
  applyReceipts,
  emptyThread,
  forgetLog,
  isBehind,
  isOtherEpoch,
  shrink,
  type ThreadState,
  withDraft,
  withoutDraft,
} from './thread.js'

/** A hole wider than this is not walked through: the newest page is loaded instead. */
const MAX_HOLE = 500

export interface Conversation {
  /** Null until the first message of a new conversation is stored. */
  readonly id: string | null
  readonly thread: Store<Thread>
  /** Loads the newest page and keeps it current until the returned undo was called as often as this. */
  open(): () => void
  readonly messages: MessageActs & {
    /** Shows the draft at once and sends it when it can. The same `idempotencyKey` never writes twice. */
    send(draft: { body: string; idempotencyKey?: string; replyToId?: string }): SendHandle
    /** Sends a failed one again, under the same key. */
    retry(idempotencyKey: string): void
    /** Forgets a failed one. */
    discard(idempotencyKey: string): void
    loadEarlier(): Promise<void>
  }
  /** Who of the other side is writing. */
  readonly typing: Store<readonly TypingPerson[]>
  /** To be called at each press of a key; the other side sees it until `stopTyping`, the message, or six seconds. */
  startTyping(): void
  stopTyping(): void
  /** Everything shown is read. */
  markRead(): void
}

/** What a conversation needs of the client that it is part of. */
export interface ConversationHost {
  call: Call
  clock: Clock
  random: () => number
  me: () => Me | null
  isConnected: () => boolean
  headOf: (conversationId: string) => ConversationHead | undefined
  /** Hears a conversation, and who types in it, until the returned undo. */
  watch: (conversationId: string) => () => void
  say: (topic: string, event: string, payload: object) => void
  acts: () => Promise<typeof acts>
  syncSoon: (isNeeded?: () => boolean) => void
  /** Folds heads and own marks into the lists. */
  listed: (heads: ConversationHead[], marks: Receipt[]) => void
  /** The conversation is found under this id from now on. */
  placed: (conversationId: string, conversation: LiveConversation) => void
  arrived: (conversationId: string, message: Message) => void
  /** Keys of what waits to be sent, in any conversation. */
  waiting: Set<string>
  keeper?: () => Promise<DraftKeeper>
}

/** A conversation as the client that owns it sees it. */
export interface LiveConversation extends Conversation {
  /** Cursors to ask a digest for; null while nothing is open or known. */
  cursors(): SyncRequest['open'][number] | null
  heard(event: ChatEvent | ChatEventNotice): void
  headChanged(head: ConversationHead): void
  receiptChanged(receipt: Receipt): void
  typingHeard(payload: Typing): void
  caughtUp(log: SyncLog): void
  /** Loads what an open conversation could not load before. */
  wake(): void
  /** Takes in the answer to an act on it. */
  acted(answer: ActAnswer): void
  readonly lane: Lane
  /** What its drafts have in common while it has no id. */
  startKey: string
  /** Another tab began it. */
  begun(conversationId: string): void
  end(error: ChatError): void
}

export function createConversation(
  host: ConversationHost,
  startingId: string | null,
  subject?: string,
): LiveConversation {
  let id = startingId
  let state: ThreadState = { ...emptyThread, conversationId: id, head: (id && host.headOf(id)) || null }
  let loading: LoadingState = { isLoading: false, isLoadingEarlier: false, error: null }
  let openCount = 0
  let unwatch: (() => void) | null = null
  let loadingNewest: Promise<void> | null = null
  const thread = createStore(toThread(state, null, loading))
  const ended = new AbortController()

  function update(next: ThreadState, change?: Partial<LoadingState>) {
    if (next === state && !change) return
    const before = state
    const me = host.me()
    const added = next.messages === before.messages ? [] : without(next.messages, before.messages)
    const own = added.filter((message) => isSame(me, message.author))
    state = own.reduce((value, { idempotencyKey }) => withoutDraft(value, idempotencyKey), next)
    loading = { ...loading, ...change }
    thread.set(toThread(state, me, loading))
    own.forEach(lane.seen)
    if (added.length) arrived()
    if (openCount && added.length > own.length) mark(false)
    if (!id || !before.isAnchored) return
    for (const message of added) if (message.seq > before.cursor) host.arrived(id, message)
  }

  const lane = createLane({
    clock: host.clock,
    random: host.random,
    signal: ended.signal,
    deliver,
    waiting: host.waiting,
    keeper: host.keeper,
    place: (): DraftPlace => ({ conversationId: id, startKey: self.startKey, subject: subject ?? null }),
    changed: (key, draft) => update(draft ? withDraft(state, draft) : withoutDraft(state, key)),
  })
  const marks = late(async () => {
    const { markReader } = await fetchLive()
    return markReader(host, ended.signal, (mark) => {
      update(applyReceipts(state, [mark]))
      host.listed([], [mark])
    })
  })
  const window = { call: host.call, signal: ended.signal, state: () => state, update }
  const { messages, arrived, ...typing } = createLateActs(host, ended.signal, () => state, update)

  function mark(isRead: boolean) {
    const shown = state
    if (id)
      marks().then(
        (reader) => reader.upTo(shown, isRead),
        () => {},
      )
  }

  async function deliver(draft: Draft): Promise<Message> {
    if (!id) return start(draft)
    const event = await host.call('POST messages', { names: { conversationId: id }, body: draft, signal: ended.signal })
    if (event.conversationId !== id) moveTo(event)
    else update(applyEvent(state, event))
    if (isBehind(state)) host.syncSoon(() => isBehind(state))
    return messageOf(event)
  }

  async function start(draft: Draft): Promise<Message> {
    const body = { idempotencyKey: draft.idempotencyKey, subject, message: draft }
    const answer = await host.call('POST conversations', { body, signal: ended.signal })
    id = answer.head.conversationId
    update(anchorAtStart({ ...state, conversationId: id }))
    host.placed(id, self)
    if (openCount) unwatch = host.watch(id)
    acted(answer)
    return messageOf(answer.events.find(({ type }) => type === 'message.created')!)
  }

  /** The message went to the conversation that follows this one; so do we. */
  function moveTo(event: ChatEvent) {
    id = event.conversationId
    unwatch?.()
    unwatch = openCount ? host.watch(id) : null
    update({ ...applyEvent(forgetLog(state), event), conversationId: id, head: host.headOf(id) ?? null })
    host.placed(id, self)
    void load()
  }

  function acted({ head, events }: ActAnswer) {
    update(events.reduce(applyEvent, applyHead(state, head)))
    host.listed([head], [])
  }

  /** Work on the window that its thread tells of, success and failure. */
  async function during(change: 'isLoading' | 'isLoadingEarlier', work: (code: typeof live) => Promise<void>) {
    const conversationId = id
    update(state, { [change]: true, error: null })
    const error = await fetchLive()
      .then(work)
      .then(() => null, asChatError)
    if (ended.signal.aborted) return
    update(state, { [change]: false, ...(id === conversationId && { error }) })
  }

  function load(): Promise<void> {
    if (!id || ended.signal.aborted || !host.isConnected()) return Promise.resolve()
    return (loadingNewest ??= during('isLoading', async ({ loadNewest }) => {
      const detail = await loadNewest(window)
      if (!detail) return
      const own = detail.receipts.filter(({ actor }) => isSame(host.me(), actor))
      host.listed([detail.head], own)
      if (isBehind(state)) host.syncSoon(() => isBehind(state))
    }).finally(() => {
      loadingNewest = null
      // the conversation moved on while its old log was loading
      if (openCount && !state.isAnchored && !loading.error) void load()
    }))
  }

  async function loadEarlier() {
    if (!id || loading.isLoadingEarlier || !thread.getSnapshot().hasEarlier) return
    await during('isLoadingEarlier', (code) => code.loadEarlier(window))
  }

  const self: LiveConversation = {
    get id() {
      return id
    },
    thread,
    open() {
      if (!openCount++ && id) {
        unwatch = host.watch(id)
        if (state.isAnchored) host.syncSoon()
        else void load()
      }
      let isUndone = false
      return () => {
        if (isUndone) return
        isUndone = true
        if (--openCount) return
        unwatch?.()
        unwatch = null
        update(shrink(state))
      }
    },
    messages: {
      send: ({ body, replyToId, idempotencyKey = randomKey() }) => lane.send({ body, replyToId, idempotencyKey }),
      retry: lane.retry,
      discard: lane.discard,
      loadEarlier,
      ...messages,
    },
    ...typing,
    markRead: () => mark(true),
    cursors: () =>
      id && openCount && state.isAnchored && state.epoch
        ? { conversationId: id, epoch: state.epoch, seq: state.cursor, internalSeq: state.internalCursor }
        : null,
    heard(event) {
      if (isOtherEpoch(state, event)) return void load()
      update(applyEvent(state, event))
      if (isBehind(state)) host.syncSoon(() => isBehind(state))
    },
    headChanged(head) {
      update(applyHead(state, head))
      if (openCount && isBehind(state)) host.syncSoon(() => isBehind(state))
    },
    receiptChanged: (receipt) => update(applyReceipts(state, [receipt])),
    caughtUp(log) {
      if (isOtherEpoch(state, log) || log.head - state.cursor > MAX_HOLE) {
        update(forgetLog(state))
        return void load()
      }
      update(applyReceipts(log.events.reduce(applyEvent, state), log.receipts))
    },
    wake() {
      if (openCount && !state.isAnchored) void load()
    },
    acted,
    lane,
    startKey: randomKey(),
    begun(conversationId) {
      if (id) return
      id = conversationId
      update({ ...state, conversationId, head: host.headOf(id) ?? null })
      host.placed(id, self)
      if (openCount) unwatch = host.watch(id)
      if (openCount) void load()
    },
    end(error) {
      ended.abort()
      lane.end(error)
    },
  }
  return self
}

function without<T>(all: readonly T[], known: readonly T[]): T[] {
  const set = new Set(known)
  return all.filter((entry) => !set.has(entry))
}

function messageOf(event: ChatEvent): Message {
  if (event.type === 'message.created') return event.data.message
  throw new ChatError('internal', 'unable to read the answer; it is not a message')
}
