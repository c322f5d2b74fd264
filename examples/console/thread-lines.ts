import type { Thread, ThreadItem } from '../../sdk/agent.js'
import { dayKey, dayName } from './time.js'
import { activityLine } from './wording.js'

/** Messages of one author closer than this stand together. */
const GROUP_MS = 5 * 60_000

type Spoken = Exclude<ThreadItem, { kind: 'activity' }>
type Side = 'own' | 'team' | 'contact'

/** What a thread shows, from top to bottom. */
export type Line =
  | { kind: 'day'; key: string; text: string }
  | { kind: 'unread'; key: string }
  | { kind: 'activity'; key: string; text: string; at: string }
  | { kind: 'bubble'; key: string; item: Spoken; side: Side; isFirst: boolean; isLast: boolean; isSeen: boolean }

const sideOf = (item: Spoken): Side => {
  if (item.own) return 'own'
  return item.message.author.type === 'contact' ? 'contact' : 'team'
}
const authorOf = (item: Spoken) => (item.kind === 'draft' || item.own ? 'own' : item.message.author.id)
const atOf = (item: ThreadItem) =>
  item.kind === 'message' ? item.message.createdAt : item.kind === 'activity' ? item.event.at : null

function standTogether(a: ThreadItem | undefined, b: ThreadItem | undefined): boolean {
  if (!a || !b || a.kind === 'activity' || b.kind === 'activity' || authorOf(a) !== authorOf(b)) return false
  const [from, to] = [atOf(a), atOf(b)]
  return from === null || to === null || (Date.parse(to) - Date.parse(from) < GROUP_MS && dayKey(from) === dayKey(to))
}

/** The last own message that the contact has read; who answers has read what stands above. */
function lastSeenKey({ items, receipts }: Thread): string | null {
  const readSeq = Math.max(
    0,
    ...receipts.filter(({ actor }) => actor.type === 'contact').map((mark) => mark.readSeq),
    ...items.map((item) => (item.kind === 'message' && sideOf(item) === 'contact' ? item.message.seq : 0)),
  )
  const seen = items.filter((item) => item.kind === 'message' && item.own && item.message.seq <= readSeq)
  return seen.at(-1)?.key ?? null
}

/** Lays a thread out. `unreadAfterSeq` is where the agent last stopped reading; null draws no divider. */
export function linesOf(thread: Thread, around: { ownId: string; unreadAfterSeq: number | null; now: number }): Line[] {
  const { ownId, unreadAfterSeq, now } = around
  const items = thread.items.filter((item) => item.kind !== 'activity' || activityLine(item.event, ownId) !== null)
  const seenKey = lastSeenKey(thread)
  const isUnread = (item: ThreadItem | undefined) =>
    unreadAfterSeq !== null && item?.kind === 'message' && !item.own && item.message.seq > unreadAfterSeq
  const firstUnread = items.findIndex(isUnread)
  let day: number | null = null
  return items.flatMap((item, index): Line[] => {
    const at = atOf(item)
    const lines: Line[] = []
    if (at && dayKey(at) !== day) {
      day = dayKey(at)
      lines.push({ kind: 'day', key: `day:${day}`, text: dayName(at, now) })
    }
    if (index === firstUnread) lines.push({ kind: 'unread', key: 'unread' })
    if (item.kind === 'activity')
      return [...lines, { kind: 'activity', key: item.key, text: activityLine(item.event, ownId)!, at: item.event.at }]
    return [
      ...lines,
      {
        kind: 'bubble',
        key: item.key,
        item,
        side: sideOf(item),
        isFirst: index === firstUnread || !standTogether(items[index - 1], item),
        isLast: index + 1 === firstUnread || !standTogether(item, items[index + 1]),
        isSeen: item.key === seenKey,
      },
    ]
  })
}
