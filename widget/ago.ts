import { region } from './locale/texts.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long ago something was, in words of the panel's language. */
export function ago(ms: number): string {
  const words = new Intl.RelativeTimeFormat(region(), { numeric: 'auto' })
  if (ms < HOUR_MS) return words.format(-Math.round(Math.max(0, ms) / MINUTE_MS), 'minute')
  return ms < DAY_MS ? words.format(-Math.round(ms / HOUR_MS), 'hour') : words.format(-Math.round(ms / DAY_MS), 'day')
}
