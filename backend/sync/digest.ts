import type { SyncRequest } from '../../sdk/protocol/index.js'
import type { Digest } from './queries.js'

/** As list_cursor.sql makes them: list epoch, transaction id, seconds. */
const CURSOR = /^[0-9a-f-]{36}\.(\d{1,19})\.\d{1,12}$/

/** A cursor that we did not make is as good as none: the answer is a reset, and the client goes on. */
export const knownCursor = (cursor: string | null): string | null => (cursor && CURSOR.test(cursor) ? cursor : null)

/** Whether there is something in it that the asker's cursors do not cover. */
export function hasNews(request: Pick<SyncRequest, 'open'>, digest: Digest): boolean {
  const asked = new Map(request.open.map((log) => [log.conversationId.toLowerCase(), log]))
  return (
    digest.reset ||
    digest.heads.length > 0 ||
    digest.open.some((log) => log.events.length > 0 || log.epoch !== asked.get(log.conversationId)?.epoch)
  )
}

const transactionOf = (cursor: string | null) => CURSOR.exec(cursor ?? '')?.[1]

/**
 * Whether the heads may have been told before: while an old transaction runs, the cursor stands still and
 * everything after it is told each time.
 */
export function mayRepeat(request: Pick<SyncRequest, 'cursor'>, digest: Digest): boolean {
  const isStill = transactionOf(request.cursor) === transactionOf(digest.cursor)
  return isStill && !digest.reset && digest.open.every((log) => log.events.length === 0)
}

/** Whether the database that answered, a copy that lags, has not yet seen all that the asker has heard of. */
export function isBehind(request: Pick<SyncRequest, 'cursor' | 'open'>, digest: Digest): boolean {
  const heads = new Map(digest.open.map((log) => [log.conversationId, log]))
  const askedTransaction = BigInt(transactionOf(request.cursor) ?? 0)
  return (
    askedTransaction > BigInt(transactionOf(digest.cursor)!) ||
    request.open.some(({ conversationId, epoch, seq, minSeq = seq }) => {
      const log = heads.get(conversationId.toLowerCase())
      return log?.epoch === epoch && log.head < Math.max(seq, minSeq)
    })
  )
}

/** Marks of others are in the open logs only, and have no cursor. */
export const haveMarksMoved = (from: Digest, to: Digest): boolean =>
  JSON.stringify(from.open.map((log) => log.receipts)) !== JSON.stringify(to.open.map((log) => log.receipts))
