import { type Draft, topics } from '../../sdk/protocol/index.js'
import type { Db } from '../db/client.js'
import type { Actor } from '../http/actor.js'
import type { Teller, Told } from '../http/app-env.js'
import { sendMessage, type Sent } from './send-message.js'
import { tellAgain } from './tell-again.js'

/** Where messages are stored and how they are told. */
interface Place {
  db: Db
  teller: Teller
}
/** A row of `store_messages`; what is to be read by others is JSON text. */
export interface Stored {
  /** From 1, among the drafts. */
  place: number
  event: string
  hint: string | null
  inbox_id: string
  head: string
  contact_id: string
  contact_head: string | null
  is_told: boolean
}
interface Waiting {
  /** A write of it failed: it may be stored, and nobody was told. */
  isUnsure?: boolean
  actor: Actor
  conversationId: string
  draft: Draft
  resolve: (sent: Sent) => void
  reject: (error: unknown) => void
}

/** The next is on its way to the database while one commits; more would be smaller, and one costs what three messages do. */
const MAX_RUNNING = 2
/** All of a batch keep their conversations locked until it commits. */
const MAX_TOGETHER = 128

type Enqueue = (waiting: Waiting) => void
const queues = new WeakMap<Teller, Enqueue>()

/**
 * As `sendMessage`, and what comes while earlier messages are being committed shares the next commit. Messages of
 * one conversation are stored in the order in which they came. Refuses an actor whose session has ended.
 * @throws {ChatError} `token_invalid` and what `sendMessage` throws
 */
export function sendTogether(place: Place, actor: Actor, conversationId: string, draft: Draft): Promise<Sent> {
  const enqueue = queues.get(place.teller) ?? openQueue(place)
  return new Promise((resolve, reject) => enqueue({ actor, conversationId, draft, resolve, reject }))
}

function openQueue(place: Place): Enqueue {
  // in the order they came; a Set kept what had waited for longer: 6.2 instead of 5.3 MB outlived two quick collections
  let waiting: Waiting[] = []
  const busy = new Set<string>()
  let running = 0
  let coming: NodeJS.Immediate | undefined

  /** One of each conversation that is not being written to: the next of it comes after the answer to this. */
  const takeNext = (): Waiting[] => {
    const batch: Waiting[] = []
    waiting = waiting.filter((one) => {
      if (batch.length === MAX_TOGETHER || busy.has(one.conversationId)) return true
      busy.add(one.conversationId)
      batch.push(one)
      return false
    })
    return batch
  }
  const free = (done: readonly Waiting[]): void => {
    for (const { conversationId } of done) busy.delete(conversationId)
    start()
  }
  const start = (): void => {
    while (running < MAX_RUNNING) {
      const batch = takeNext()
      if (batch.length === 0) return
      running++
      void write(place, batch).then((left) => {
        running--
        for (const one of left) void sendAlone(place, one).finally(() => free([one]))
        free(batch.filter((one) => !left.includes(one)))
      })
    }
  }
  // what arrives in one turn of the event loop goes together
  const enqueue: Enqueue = (one) => {
    waiting.push(one)
    coming ??= setImmediate(() => {
      coming = undefined
      start()
    })
  }
  queues.set(place.teller, enqueue)
  return enqueue
}

/** Resolves with those that are to be sent each by itself: something else follows from them, or all of them failed. */
async function write(place: Place, batch: Waiting[]): Promise<Waiting[]> {
  try {
    const stored = await sendMessages(place, batch)
    batch.forEach((one, index) => stored[index] && one.resolve({ event: stored[index], isReplay: false }))
    return batch.filter((_, index) => !stored[index])
  } catch {
    // one of them broke all, or the answer was lost; their keys make it safe to send each again
    for (const one of batch) one.isUnsure = true
    return batch
  }
}

async function sendAlone({ db }: Place, { actor, conversationId, draft, isUnsure, resolve, reject }: Waiting) {
  try {
    const sent = await sendMessage(db, actor, conversationId, draft)
    if (isUnsure && sent.isReplay) await tellAgain(db, sent.event)
    resolve(sent)
  } catch (error) {
    reject(error)
  }
}

/** Resolves with the event of each, undefined for one that was left. */
async function sendMessages({ db, teller }: Place, batch: Waiting[]): Promise<(string | undefined)[]> {
  const drafts = batch.map(({ actor, conversationId, draft }) => ({
    author_type: actor.type,
    author_id: actor.id,
    session_id: actor.sessionId,
    conversation_id: conversationId,
    idempotency_key: draft.idempotencyKey,
    body: draft.body,
    reply_to_id: draft.replyToId,
  }))
  const rows = await db.warm.query<Stored>('select * from store_messages($1::text::jsonb, $2)', [
    JSON.stringify(drafts),
    teller.id,
  ])
  const events: (string | undefined)[] = batch.map(() => undefined)
  for (const row of rows) {
    events[row.place - 1] = row.event
    if (!row.is_told) teller.tell(toldBy(row, batch[row.place - 1]!))
  }
  return events
}

/** As `store_messages` tells them itself where others listen, in the same order. */
const toldBy = (
  { event, hint, inbox_id, head, contact_id, contact_head }: Stored,
  { conversationId, actor }: Waiting,
): Told[] => [
  { topic: topics.conversation(conversationId), event: 'event', body: hint ?? event, writer: actor.sessionId },
  { topic: topics.inbox(inbox_id), event: 'head', body: head },
  { topic: topics.contact(contact_id), event: 'head', body: contact_head ?? head },
]
