const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const dayOf = (ms: number) => new Date(ms).setHours(0, 0, 0, 0)

/** "now", "5m", "3h", "2d", then the date: as short as a list row allows. */
export function timeAgo(at: string, now: number): string {
  const then = Date.parse(at)
  const age = now - then
  if (age < MINUTE_MS) return 'now'
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)}m`
  if (age < DAY_MS) return `${Math.floor(age / HOUR_MS)}h`
  if (age < 7 * DAY_MS) return `${Math.floor(age / DAY_MS)}d`
  return new Date(then).toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
}

/** "Today", "Yesterday", then the date with its weekday. */
export function dayName(at: string, now: number): string {
  const day = dayOf(Date.parse(at))
  if (day === dayOf(now)) return 'Today'
  if (day === dayOf(dayOf(now) - 1)) return 'Yesterday'
  return new Date(day).toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
}

export const timeOfDay = (at: string): string =>
  new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })

export const fullTime = (at: string): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** Equal for two times of one day, here. */
export const dayKey = (at: string): number => dayOf(Date.parse(at))
