import type { PersonPresence } from '../sdk/index.js'
import { lateTexts } from './locale/late-texts.js'
import { region } from './locale/texts.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Whether somebody of the team is there, or when they last were. */
export function presenceLine({ state, lastSeenAt }: PersonPresence, now: number): string {
  if (state !== 'offline') return state === 'online' ? lateTexts.online : lateTexts.away
  return lastSeenAt === null ? lateTexts.offline : lateTexts.lastSeen(ago(Math.max(0, now - lastSeenAt)))
}

function ago(ms: number): string {
  const words = new Intl.RelativeTimeFormat(region(), { numeric: 'auto' })
  if (ms < HOUR_MS) return words.format(-Math.round(ms / MINUTE_MS), 'minute')
  return ms < DAY_MS ? words.format(-Math.round(ms / HOUR_MS), 'hour') : words.format(-Math.round(ms / DAY_MS), 'day')
}
