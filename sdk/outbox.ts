import type { Clock } from './clock.js'
import { ChatError, type ErrorCode } from './protocol/errors.js'
import { MAX_BODY_CHARS, type Draft, type Message } from './protocol/message.js'
import { asChatError, isTransient, retryAfterMs } from './retry.js'
import type { PendingDraft } from './thread.js'

/** Drafts that one person may have waiting. */
const MAX_PENDING = 500
/** How long a backlog waits, at most, once there is a sign that the server is back. */
const WAKE_MS = 300

/**
 * How well a draft is kept. `durable`: written to disk, it outlives the kill of the whole browser. `session`: it outlives
 * the page, but not a browser killed before it writes `localStorage` to disk, seconds later; or as well as the storage
 * keeps it that the application brought. `memory`: lost with the page or process.
 */
export type Durability = 'durable' | 'session' | 'memory'

export interface SendHandle {
  idempotencyKey: string
  /** Resolves once the draft is kept, and says how well. */
  queued: Promise<{ durability: Durability }>
  /** Resolves once the message is stored; rejects when it was refused for good, discarded or cancelled. */
  sent: Promise<Message>
  /** Takes it back; false when an attempt has begun, for it may be stored. */
  cancel(): boolean
}

/** Keeps the drafts of all lanes of one person beyond the page, and says whose turn it is. */
export interface DraftKeeper {
  /** A draft is new or changed. Resolves once that is kept; never rejects. */
  changed(draft: PendingDraft, place: DraftPlace): Promise<Durability>
  /** It was stored as this message or, with null, given up. */
  gone(key: string, message: Message | null, place: DraftPlace): void
  /** Resolves when an attempt may begin: it is kept, this tab leads, and nobody asked for patience. */
  mayLeave(key: string): Promise<void>
  /** Whether attempts are this tab's. */
  leads(): boolean
}

/** `startKey` of drafts that go on with the newest conversation that is not resolved, once it is known which that is. */
export const CURRENT = 'current'

/** Where a draft belongs. Without an id the conversation has yet to begin, and drafts with one `startKey` begin one. */
export interface DraftPlace {
  conversationId: string | null
  startKey: string
  subject: string | null
}

/** The drafts of one conversation: first in, first out, one on its way at a time. */
export interface Lane {
  send(draft: Draft): SendHandle
  retry(key: string): void
  discard(key: string): void
  /** Tells of a message seen in the log: whatever its answer was, it is stored. */
  seen(message: Message): void
  /** Takes in how a draft stands that was kept, or that another tab works on; it goes before those that are later. */
  put(draft: PendingDraft, isLater?: (key: string) => boolean): void
  /** Another tab gave it up. */
  drop(key: string): void
  /** Leaves all that waits to another lane, which sends it before its own. */
  join(other: Lane): void
  /** Takes in what another lane leaves. */
  receive(left: Entry[]): void
  /** The server may be back: shortens a wait, except one that the server asked for. */
  wake(): void
  /** Rejects all that waits, and what is still sent. */
  end(error: ChatError): void
}

interface Entry extends PendingDraft {
  handle: SendHandle
  attempts: number
  kept(how: { durability: Durability }): void
  resolve(message: Message): void
  reject(error: ChatError): void
}

export function createLane(options: {
  clock: Clock
  random: () => number
  /** Posts one draft. Called again with the same one as long as its outcome is unknown. */
  deliver: (draft: Draft) => Promise<Message>
  /** The draft changed, or (null) is no longer here. */
  changed: (key: string, draft: PendingDraft | null) => void
  /** Keys of what waits in any lane of this person. */
  waiting: Set<string>
  keeper?: () => Promise<DraftKeeper>
  place: () => DraftPlace
  signal: AbortSignal
}): Lane {
  const { clock, random, signal, waiting, keeper } = options
  let entries: Entry[] = []
  let isRunning = false
  let nap: AbortController | null = null
  let leads = () => true
  let over: ChatError | undefined

  const find = (key: string) => entries.find(({ idempotencyKey }) => idempotencyKey === key)
  const first = () => entries.find(({ state }) => state !== 'failed')
  function show(entry: Entry, state: PendingDraft['state'], error: ChatError | null): PendingDraft {
    Object.assign(entry, { state, error })
    const draft = { ...draftOf(entry), state, error }
    options.changed(entry.idempotencyKey, draft)
    return draft
  }
  /** Tells the keeper, in the order of the calls. Without one, or where its code does not load, memory is all there is. */
  const tell = <T>(work: (kept: DraftKeeper) => T | Promise<T>, otherwise: T): Promise<T> =>
    keeper
      ? keeper().then(
          (kept) => {
            leads = kept.leads
            return work(kept)
          },
          () => otherwise,
        )
      : Promise.resolve(otherwise)
  function change(entry: Entry, state: PendingDraft['state'], error: ChatError | null) {
    const draft = show(entry, state, error)
    const place = options.place()
    return tell((kept) => kept.changed(draft, place), 'memory')
  }
  function take(key: string) {
    waiting.delete(key)
    entries = entries.filter(({ idempotencyKey }) => idempotencyKey !== key)
  }
  function remove({ idempotencyKey }: Entry, message: Message | null) {
    take(idempotencyKey)
    const place = options.place()
    void tell((kept) => kept.gone(idempotencyKey, message, place), undefined)
  }
  function refuse(entry: Entry, code: ErrorCode, reason: string) {
    entry.reject(new ChatError(code, `unable to send message; ${reason}`))
  }
  function drop(entry: Entry, reason: string) {
    take(entry.idempotencyKey)
    options.changed(entry.idempotencyKey, null)
    refuse(entry, 'aborted', reason)
  }
  function giveUp(entry: Entry, reason: string) {
    remove(entry, null)
    drop(entry, reason)
  }
  function create(draft: Draft): Entry {
    const entry = { ...draftOf(draft), state: 'queued', error: null, attempts: 0 } as Entry
    const sent = new Promise<Message>((resolve, reject) => Object.assign(entry, { resolve, reject }))
    // whoever does not look at the handle sees the failure in the thread
    sent.catch(() => {})
    const queued = new Promise<{ durability: Durability }>((resolve) => (entry.kept = resolve))
    const cancel = () => {
      if (entry.state !== 'queued' || entry.attempts || !entries.includes(entry) || !leads()) return false
      giveUp(entry, 'it was taken back')
      return true
    }
    entry.handle = { idempotencyKey: draft.idempotencyKey, queued, sent, cancel }
    return entry
  }
  function add(entry: Entry, isLater = (_key: string) => false) {
    waiting.add(entry.idempotencyKey)
    entries.splice(entries.findLastIndex(({ idempotencyKey }) => !isLater(idempotencyKey)) + 1, 0, entry)
  }
  function enqueue(entry: Entry) {
    add(entry)
    void change(entry, 'queued', null).then((durability) => entry.kept({ durability }))
    void run()
  }

  async function run() {
    if (isRunning) return
    isRunning = true
    for (let entry; !signal.aborted && (entry = first());) await attempt(entry)
    isRunning = false
  }

  async function attempt(entry: Entry) {
    try {
      const { idempotencyKey } = entry
      await tell((kept) => kept.mayLeave(idempotencyKey), undefined)
      if (signal.aborted || first() !== entry) return
      void change(entry, 'sending', null)
      const message = await options.deliver(draftOf(entry))
      if (find(idempotencyKey) === entry) remove(entry, message)
      entry.resolve(message)
    } catch (caught) {
      const error = asChatError(caught)
      if (signal.aborted || find(entry.idempotencyKey) !== entry) return
      if (isTransient(error)) {
        void change(entry, 'queued', error)
        nap = error.retryAfterMs ? null : new AbortController()
        await clock.sleep(retryAfterMs(error, entry.attempts++, random), nap?.signal ?? signal)
        if (nap?.signal.aborted) await clock.sleep(random() * WAKE_MS, signal)
      } else {
        void change(entry, 'failed', error)
        entry.reject(error)
      }
    }
  }

  return {
    send(draft) {
      const { idempotencyKey, body } = draft
      const known = find(idempotencyKey)
      if (known) return known.handle
      const entry = create(draft)
      if (!body.trim() || body.length > MAX_BODY_CHARS) refuse(entry, 'invalid_request', 'it is empty or too long')
      else if (over) entry.reject(over)
      else if (waiting.size >= MAX_PENDING) refuse(entry, 'outbox_full', 'too many wait')
      else enqueue(entry)
      return entry.handle
    },
    retry(key) {
      const entry = find(key)
      if (entry?.state !== 'failed') return
      take(key)
      enqueue(entry)
    },
    discard(key) {
      const entry = find(key)
      if (entry?.state === 'failed') giveUp(entry, 'it was discarded')
    },
    seen(message) {
      const entry = find(message.idempotencyKey)
      if (!entry) return
      remove(entry, message)
      entry.resolve(message)
    },
    put(draft, isLater) {
      const known = find(draft.idempotencyKey)
      const entry = known ?? create(draft)
      // it goes to the end again, as there
      if (known?.state === 'failed' && draft.state === 'queued') take(draft.idempotencyKey)
      if (!find(draft.idempotencyKey)) add(entry, isLater)
      // who knows what came of it before
      entry.attempts ||= 1
      entry.kept({ durability: 'session' })
      show(entry, draft.state, draft.error)
      if (draft.error && draft.state === 'failed') entry.reject(draft.error)
      void run()
    },
    drop(key) {
      const entry = find(key)
      if (entry) drop(entry, 'it was given up')
    },
    join(other) {
      nap?.abort()
      const left = entries.splice(0)
      for (const { idempotencyKey } of left) options.changed(idempotencyKey, null)
      other.receive(left)
    },
    receive(left) {
      entries.unshift(...left)
      for (const entry of left) void change(entry, entry.state, entry.error)
      void run()
    },
    wake: () => nap?.abort(),
    end(error) {
      over = error
      nap?.abort()
      for (const { idempotencyKey, reject } of entries.splice(0)) {
        waiting.delete(idempotencyKey)
        reject(error)
      }
    },
  }
}

const draftOf = ({ idempotencyKey, body, replyToId }: Draft): Draft => ({ idempotencyKey, body, replyToId })
