import type { ChatEvent, ThreadItem } from '../sdk/index.js'
import { region, texts } from './locale/texts.js'

export type Said = Exclude<ThreadItem, { kind: 'activity' }>

export type Row =
  | { kind: 'line'; key: string; text: string }
  /** `isFirst` and `isLast` of what one person said in one go. */
  | { kind: 'said'; key: string; item: Said; isFirst: boolean; isLast: boolean }

/** A pause longer than this begins a new group. */
const GROUP_MS = 5 * 60_000

const date = written({ weekday: 'long', day: 'numeric', month: 'long' })
export const clockTime = written({ hour: 'numeric', minute: '2-digit' })

/** Writes times in the language that is spoken then; a format costs more than its use. */
function written(options: Intl.DateTimeFormatOptions): (at: string | number) => string {
  let format: Intl.DateTimeFormat
  let language = ''
  return (at) => {
    if (language !== texts.language) format = new Intl.DateTimeFormat(region(), options)
    language = texts.language
    return format.format(new Date(at))
  }
}

/** What a thread shows, line by line: days, what was said in groups by author, what happened, and `divider` above its row. `now` in milliseconds. */
export function toRows(
  items: readonly ThreadItem[],
  now: number,
  divider: { key: string; text: string } | null = null,
): Row[] {
  const rows: Row[] = []
  let [dayStartMs, dayEndMs, beforeMs] = [0, 0, 0]
  let before: Extract<Row, { kind: 'said' }> | null = null
  for (const item of items) {
    // read once: a thread may have ten thousand of them
    const atMs =
      item.kind === 'draft' ? now : Date.parse(item.kind === 'message' ? item.message.createdAt : item.event.at)
    const text = item.kind === 'activity' ? happened(item.event) : ''
    if (item.kind === 'activity' && !text) continue
    if (atMs < dayStartMs || atMs >= dayEndMs) {
      dayStartMs = new Date(atMs).setHours(0, 0, 0, 0)
      dayEndMs = new Date(atMs).setHours(24, 0, 0, 0)
      const today = dayOf(dayStartMs, now)
      rows.push({ kind: 'line', key: `day ${today} ${item.key}`, text: today })
      before = null
    }
    if (item.key === divider?.key) {
      rows.push({ ...divider, kind: 'line', key: 'divider' })
      before = null
    }
    if (item.kind === 'activity') {
      rows.push({ kind: 'line', key: item.key, text })
      before = null
      continue
    }
    const goesOn: boolean = before !== null && isOneGroup(before.item, item, atMs - beforeMs)
    if (before && goesOn) before.isLast = false
    before = { kind: 'said', key: item.key, item, isFirst: !goesOn, isLast: true }
    beforeMs = atMs
    rows.push(before)
  }
  return rows
}

function isOneGroup(before: Said, next: Said, pauseMs: number): boolean {
  if (before.own !== next.own) return false
  if (before.kind === 'draft' || next.kind === 'draft') return true
  return before.message.author.id === next.message.author.id && pauseMs < GROUP_MS
}

/** `startMs` is when the day began. */
function dayOf(startMs: number, now: number): string {
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - startMs) / 86_400_000)
  return days === 0 ? texts.today : days === 1 ? texts.yesterday : date(startMs)
}

/** One line about an event, empty for what a visitor need not know. */
export function happened(event: ChatEvent): string {
  if (event.type === 'conversation.assigned') return texts.joined(event.data.assigneeName)
  if (event.type !== 'conversation.status_changed') return ''
  if (event.data.to === 'resolved') return texts.resolved
  return event.data.from === 'resolved' ? texts.reopened : ''
}
