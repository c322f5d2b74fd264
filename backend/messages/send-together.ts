import type { Draft } from '../../sdk/protocol/index.js'
import type { Db } from '../db/client.js'
import { queryError } from '../db/errors.js'
import type { Actor } from '../http/actor.js'
import { sendMessage } from './send-message.js'

type Sent = Awaited<ReturnType<typeof sendMessage>>

interface Waiting {
  actor: Actor
  conversationId: string
  draft: Draft
  resolve: (sent: Sent | Promise<Sent>) => void
  reject: (error: unknown) => void
}

/** One of them commits while the other works; more would only wait for each other. */
const MAX_RUNNING = 1
/** All of a batch keep their conversations locked until it commits. */
const MAX_TOGETHER = 64

type Enqueue = (waiting: Waiting) => void
const queues = new WeakMap<Db, Enqueue>()

/**
 * As `sendMessage`, and what comes while earlier messages are being committed shares the next commit. Messages of
 * one conversation are stored in the order in which they came. Refuses an actor whose session has ended.
 * @throws {ChatError} `token_invalid` and what `sendMessage` throws
 */
export function sendTogether(db: Db, actor: Actor, conversationId: string, draft: Draft): Promise<Sent> {
  const enqueue = queues.get(db) ?? openQueue(db)
  return new Promise((resolve, reject) => enqueue({ actor, conversationId, draft, resolve, reject }))
}

function openQueue(db: Db): Enqueue {
  // in the order they came, which a Set keeps
  const waiting = new Set<Waiting>()
  const busy = new Set<string>()
  let running = 0

  /** Those whose conversation is being written to stay: its lock would not be got. */
  const takeNext = (): Waiting[] => {
    const batch: Waiting[] = []
    for (const one of waiting) {
      if (batch.length === MAX_TOGETHER) break
      if (busy.has(one.conversationId)) continue
      waiting.delete(one)
      batch.push(one)
    }
    return batch
  }
  const start = (): void => {
    while (running < MAX_RUNNING) {
      const batch = takeNext()
      if (batch.length === 0) return
      running++
      for (const { conversationId } of batch) busy.add(conversationId)
      void write(db, batch).finally(() => {
        running--
        for (const { conversationId } of batch) busy.delete(conversationId)
        start()
      })
    }
  }
  const enqueue: Enqueue = (one) => {
    waiting.add(one)
    start()
  }
  queues.set(db, enqueue)
  return enqueue
}

async function write(db: Db, batch: Waiting[]): Promise<void> {
  try {
    const answers = await sendMessages(db, batch)
    batch.forEach((one, index) => settle(db, one, answers[index] ?? null))
  } catch (error) {
    if (batch.length === 1) return batch[0]!.reject(error)
    // whatever breaks all of them is none of most; their keys make it safe to send each again
    for (const one of batch) await write(db, [one])
  }
}

function settle(db: Db, { actor, conversationId, draft, resolve, reject }: Waiting, answer: Answer): void {
  if (!answer) resolve(sendMessage(db, actor, conversationId, draft))
  else if ('refusal' in answer) reject(queryError(answer.refusal))
  else resolve({ event: answer.event, isReplay: answer.replayed })
}

/** Null for a message whose conversation someone else was writing to. */
type Answer = { event: Sent['event']; replayed: boolean } | { refusal: object } | null

async function sendMessages(db: Db, batch: Waiting[]): Promise<Answer[]> {
  const drafts = batch.map(({ actor, conversationId, draft }) => ({
    author_type: actor.type,
    author_id: actor.id,
    session_id: actor.sessionId,
    conversation_id: conversationId,
    idempotency_key: draft.idempotencyKey,
    body: draft.body,
    reply_to_id: draft.replyToId,
  }))
  const [row] = await db.query<{ answers: Answer[] }>('select send_messages($1::text::jsonb) as answers', [
    JSON.stringify(drafts),
  ])
  return row!.answers
}
