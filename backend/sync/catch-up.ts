import { setTimeout as sleep } from 'node:timers/promises'
import { ChatError, type SyncAnswer, type SyncRequest } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { Actor } from '../http/actor.js'
import { hasNews, haveMarksMoved, isBehind, knownCursor, mayRepeat } from './digest.js'
import { type Digest, listHeardTopics, readDigest } from './queries.js'

/** A quiet client asks again after this long. */
const SYNC_AFTER_MS = 45_000
/** Over how long clients come back after a drain of which the socket's server says no window: Supabase's. */
const RECONNECT_WINDOW_MS = 30_000
/** Who waits looks this often, also unbidden: a hint may be lost, and without embedded realtime there is none. */
const LOOK_EVERY_MS = 3_000
/** What may have been told before is told at most this often. */
const REPEAT_EVERY_MS = 1_000
/** A copy of the database that lags behind its asker is given this long, looked at this often. */
const REPLICA_WAIT_MS = 250
const REPLICA_LOOK_MS = 50
const REPLICA_RETRY_MS = 1_000

export interface Hearing {
  /** Hears the database's broadcasts on a topic; returns its stop. */
  hear: (topic: string, listener: () => void) => () => void
  /** Ends a wait; the answer then tells what there is. */
  signal: AbortSignal
}

/** What changed since the asker's cursors; with `waitMs` and nothing new, as soon as something does. */
export async function catchUp(
  db: Queryable,
  actor: Actor,
  request: SyncRequest,
  hearing: Hearing,
): Promise<SyncAnswer> {
  const asked = { ...request, cursor: knownCursor(request.cursor) }
  const first = await readCurrent(db, actor, asked)
  const waitMs = request.waitMs ?? 0
  if (waitMs === 0) return answerOf(first)
  if (!hasNews(asked, first)) return answerOf(await waitForNews(db, actor, { ...asked, waitMs }, first, hearing))
  if (!mayRepeat(asked, first)) return answerOf(first)
  await pause(Math.min(REPEAT_EVERY_MS, waitMs), hearing.signal)
  return answerOf(await readCurrent(db, actor, asked))
}

/** A digest that takes back nothing of what the asker has heard. @throws {ChatError} `unavailable` */
async function readCurrent(db: Queryable, actor: Actor, asked: SyncRequest): Promise<Digest> {
  for (let waitedMs = 0; waitedMs <= REPLICA_WAIT_MS; waitedMs += REPLICA_LOOK_MS) {
    const { digest, isReplica } = await readDigest(db, actor, asked)
    // the first copy is always right: one that a restore took back is told by its epoch, and by heads below cursors
    if (!isReplica || !isBehind(asked, digest)) return digest
    await sleep(REPLICA_LOOK_MS)
  }
  throw new ChatError('unavailable', 'unable to catch up; this copy of the database is behind', {
    retryAfterMs: REPLICA_RETRY_MS,
  })
}

async function waitForNews(
  db: Queryable,
  actor: Actor,
  asked: SyncRequest & { waitMs: number },
  first: Digest,
  { hear, signal }: Hearing,
): Promise<Digest> {
  const until = performance.now() + asked.waitMs
  const topics = await listHeardTopics(
    db,
    actor,
    asked.open.map((log) => log.conversationId),
  )
  let bell = new AbortController()
  const stops = topics.map((topic) => hear(topic, () => bell.abort()))
  try {
    for (;;) {
      // a bell that rings while we look is heard by the pause after it
      bell = new AbortController()
      const digest = await readCurrent(db, actor, asked)
      const leftMs = until - performance.now()
      if (hasNews(asked, digest) || haveMarksMoved(first, digest) || leftMs <= 0 || signal.aborted) return digest
      await pause(Math.min(LOOK_EVERY_MS, leftMs), AbortSignal.any([bell.signal, signal]))
    }
  } finally {
    for (const stop of stops) stop()
  }
}

/** Resolves early when the signal comes. */
const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {})

const answerOf = (digest: Digest): SyncAnswer => ({
  ...digest,
  serverTime: new Date().toISOString(),
  syncAfterMs: SYNC_AFTER_MS,
  reconnectWindowMs: RECONNECT_WINDOW_MS,
})
