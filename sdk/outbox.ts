import type { Clock } from './clock.js'
import { ChatError, type ErrorCode } from './protocol/errors.js'
import { MAX_BODY_CHARS, type Draft, type Message } from './protocol/message.js'
import { asChatError, isTransient, retryAfterMs } from './retry.js'
import type { PendingDraft } from './thread.js'

const MAX_PENDING = 500

/** How well a draft is kept: `memory` is lost with the page or process. */
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

/** The drafts of one conversation: first in, first out, one on its way at a time. */
export interface Lane {
  send(draft: Draft): SendHandle
  retry(key: string): void
  discard(key: string): void
  /** Tells of a message seen in the log: whatever its answer was, it is stored. */
  seen(message: Message): void
  /** Rejects all that waits. */
  end(error: ChatError): void
}

interface Entry extends PendingDraft {
  handle: SendHandle
  attempts: number
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
  signal: AbortSignal
}): Lane {
  const { clock, random, signal } = options
  let entries: Entry[] = []
  let isRunning = false

  const find = (key: string) => entries.find(({ idempotencyKey }) => idempotencyKey === key)
  function change(entry: Entry, state: PendingDraft['state'], error: ChatError | null) {
    Object.assign(entry, { state, error })
    const { idempotencyKey, body, replyToId } = entry
    options.changed(idempotencyKey, { idempotencyKey, body, replyToId, state, error })
  }
  function remove(entry: Entry) {
    entries = entries.filter((other) => other !== entry)
  }
  function refuse(entry: Entry, code: ErrorCode, reason: string) {
    entry.reject(new ChatError(code, `unable to send message; ${reason}`))
  }
  function drop(entry: Entry, reason: string) {
    remove(entry)
    options.changed(entry.idempotencyKey, null)
    refuse(entry, 'aborted', reason)
  }
  function enqueue(entry: Entry) {
    entries.push(entry)
    change(entry, 'queued', null)
    void run()
  }

  async function run() {
    if (isRunning) return
    isRunning = true
    for (let entry; !signal.aborted && (entry = entries.find(({ state }) => state !== 'failed'));) await attempt(entry)
    isRunning = false
  }

  async function attempt(entry: Entry) {
    change(entry, 'sending', null)
    try {
      const { idempotencyKey, body, replyToId } = entry
      const message = await options.deliver({ idempotencyKey, body, replyToId })
      remove(entry)
      entry.resolve(message)
    } catch (caught) {
      const error = asChatError(caught)
      if (signal.aborted || find(entry.idempotencyKey) !== entry) return
      if (isTransient(error)) {
        change(entry, 'queued', error)
        await clock.sleep(retryAfterMs(error, entry.attempts++, random), signal)
      } else {
        change(entry, 'failed', error)
        entry.reject(error)
      }
    }
  }

  return {
    send({ idempotencyKey, body, replyToId }) {
      const known = find(idempotencyKey)
      if (known) return known.handle
      const entry = { idempotencyKey, body, replyToId, state: 'queued', error: null, attempts: 0 } as Entry
      const sent = new Promise<Message>((resolve, reject) => Object.assign(entry, { resolve, reject }))
      // whoever does not look at the handle sees the failure in the thread
      sent.catch(() => {})
      entry.handle = {
        idempotencyKey,
        queued: Promise.resolve({ durability: 'memory' }),
        sent,
        cancel() {
          if (entry.state !== 'queued' || entry.attempts > 0 || !entries.includes(entry)) return false
          drop(entry, 'it was taken back')
          return true
        },
      }
      if (!body.trim() || body.length > MAX_BODY_CHARS) refuse(entry, 'invalid_request', 'it is empty or too long')
      else if (entries.length >= MAX_PENDING) refuse(entry, 'outbox_full', 'too many wait already')
      else enqueue(entry)
      return entry.handle
    },
    retry(key) {
      const entry = find(key)
      if (entry?.state !== 'failed') return
      remove(entry)
      enqueue(entry)
    },
    discard(key) {
      const entry = find(key)
      if (entry?.state === 'failed') drop(entry, 'it was discarded')
    },
    seen(message) {
      const entry = find(message.idempotencyKey)
      if (!entry) return
      remove(entry)
      entry.resolve(message)
    },
    end(error) {
      for (const entry of entries) entry.reject(error)
      entries = []
    },
  }
}
