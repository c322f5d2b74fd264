import type { ConversationHost, LiveConversation } from './conversation-host.js'
import { randomKey } from './defaults.js'
import { late } from './late.js'
import { createLateActs } from './late-acts.js'
import { loadAgain } from './load-again.js'
import type * as live from './live.js'
import { fetchLive } from './fetch-live.js'
import { createLane, type DraftPlace } from './outbox.js'
import type { ChatEvent } from './protocol/events.js'
import type { Draft, Message } from './protocol/message.js'
import type { ActAnswer } from './protocol/routes.js'
import { asChatError } from './retry.js'
import { createStore } from './store.js'
import { isSame, type LoadingState, toThread } from './thread-items.js'
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

export function createConversation(
  host: ConversationHost,
  startingId: string | null,
  subject?: string,
  startKey?: string | false,
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
    for (const message of own) {
      host.stored(id!, message.idempotencyKey)
      lane.seen(message)
    }
    if (added.length) arrived()
    if (openCount && added.length > own.length) mark(false)
    if (!id || !before.isAnchored) return
    for (const message of added) if (message.seq > before.cursor) host.arrived(id, message)
  }

  const asking = { clock: host.clock, random: host.random, signal: ended.signal }
  let lane = createLane({
    ...asking,
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
  const window = { ...asking, call: host.call, state: () => state, update }
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
    if (event.conversationId === id) update(applyEvent(state, event))
    else {
      // it went to the conversation that follows this one; so do we
      becomes(event.conversationId, applyEvent(forgetLog(state), event))
      void load()
    }
    if (isBehind(state)) host.syncSoon(() => isBehind(state))
    return messageOf(event)
  }

  async function start(draft: Draft): Promise<Message> {
    const body = { idempotencyKey: draft.idempotencyKey, subject, message: draft }
    const answer = await host.call('POST conversations', { body, signal: ended.signal })
    id = answer.head.conversationId
    update(anchorAtStart({ ...state, conversationId: id }))
    acted(answer)
    placed()
    return messageOf(answer.events.find(({ type }) => type === 'message.created')!)
  }

  function becomes(conversationId: string, next: ThreadState) {
    id = conversationId
    unwatch?.()
    update({ ...next, conversationId, head: host.headOf(id) ?? null })
    placed()
    lack()
  }

  /** Of two that turn out to be one, the one known by its id before sends what waits in both, in its turn. */
  function placed() {
    const first = host.placed(self)
    if (first) {
      lane.join(first.lane)
      lane = first.lane
    }
    unwatch = openCount ? host.watch(id!) : null
  }

  function acted({ head, events }: ActAnswer) {
    update(events.reduce(applyEvent, applyHead(state, head)))
    host.listed([head], [])
  }

  /** Work on the window that its thread tells of, success and failure. */
  async function during(change: 'isLoading' | 'isLoadingEarlier', work: (code: typeof live) => Promise<void>) {
    const conversationId = id
    update(state, { [change]: true })
    const error = await fetchLive()
      .then(work)
      .then(() => null, asChatError)
    if (ended.signal.aborted) return
    update(state, { [change]: false, ...(id === conversationId && { error }) })
  }

  /** Loads what an open conversation lacks. */
  const lack = () => void (openCount && !state.isAnchored && load())
  const again = loadAgain(asking, lack)

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
      again(loading.error)
      // the conversation moved on while its old log was loading
      if (!loading.error) lack()
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
      retry: (key) => lane.retry(key),
      discard: (key) => lane.discard(key),
      loadEarlier,
      ...messages,
    },
    ...typing,
    markRead: () => mark(true),
    cursors: () =>
      id && openCount && state.isAnchored && state.epoch
        ? {
            conversationId: id,
            epoch: state.epoch,
            seq: state.cursor,
            internalSeq: state.internalCursor,
            minSeq: state.known,
          }
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
    wake: lack,
    acted,
    get lane() {
      return lane
    },
    startKey: startKey || randomKey(),
    begun(conversationId) {
      if (!id) becomes(conversationId, state)
    },
    end(error) {
      ended.abort()
      lane.end(error)
    },
  }
  return self
}

function without<T>(all: readonly T[], known: readonly T[]): T[] {
  // most of a long list is the same, and news is at its end
  let same = 0
  while (same < known.length && all[same] === known[same]) same++
  const others = new Set(known.slice(same))
  return all.slice(same).filter((entry) => !others.has(entry))
}

/** Of the event that a send was answered by. */
const messageOf = (event: ChatEvent): Message => (event as Extract<ChatEvent, { type: 'message.created' }>).data.message
