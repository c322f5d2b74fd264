import { systemClock } from '../../sdk/clock.js'
import type { Actor, ChatEvent, Receipt } from '../../sdk/protocol/index.js'
import type { UnreadRecord } from './history.js'

const LOOK_MS = 500

/** One who sees a list. */
export interface Reader {
  actor: Pick<Actor, 'type' | 'id'>
  /** Those it may see. */
  conversationIds: readonly string[]
  /** What its list shows; null where it shows nothing of that conversation. */
  counted(conversationId: string): number | null
}

/** Messages past the person's own mark, as log and marks have it. */
const unreadIn = (log: readonly ChatEvent[], marks: readonly Receipt[], { id }: Reader['actor']): number => {
  const readSeq = marks.find(({ actor }) => actor.id === id)?.readSeq ?? 0
  return log.filter(({ type, seq }) => type === 'message.created' && seq > readSeq).length
}

/** What each list shows beside what is so, once they are equal or `isOver`: marks may still be on their way. */
export async function settledUnread(
  readers: () => readonly Reader[],
  logs: ReadonlyMap<string, ChatEvent[]>,
  readMarks: (conversationIds: Iterable<string>) => Promise<ReadonlyMap<string, Receipt[]>>,
  isOver: () => boolean,
): Promise<UnreadRecord[][]> {
  const marks = new Map<string, Receipt[]>()
  for (let stale = new Set(logs.keys()); ;) {
    for (const [id, receipts] of await readMarks(stale)) marks.set(id, receipts)
    const records = readers().map(({ actor, conversationIds, counted }) =>
      conversationIds.map((conversationId) => ({
        conversationId,
        counted: counted(conversationId),
        real: unreadIn(logs.get(conversationId) ?? [], marks.get(conversationId) ?? [], actor),
      })),
    )
    const wrong = records.flat().filter(({ counted, real }) => counted !== real)
    if (!wrong.length || isOver()) return records
    stale = new Set(wrong.map(({ conversationId }) => conversationId))
    await systemClock.sleep(LOOK_MS)
  }
}
