import type { Queryable } from '../db/client.js'
import { fail, type Finding, ok, warn } from '../health/finding.js'

/** From here on times that people read are visibly wrong. */
const UNEASY_MS = 1_000
/** What access tokens forgive between two clocks (`issue-token.ts`). */
const TOKEN_LEEWAY_MS = 5_000

/** `aheadMs`: how far the other clock is ahead of ours; `unsureMs`: what the measurement may be wrong by. */
export function judgeClock(whose: string, aheadMs: number, unsureMs: number): Finding {
  const found = `${whose} is ${aheadMs < 0 ? 'behind' : 'ahead of'} this clock by ${Math.round(Math.abs(aheadMs))} ms (± ${Math.ceil(unsureMs)})`
  const surelyMs = Math.abs(aheadMs) - unsureMs
  const cure = 'let both machines keep time by NTP'
  if (surelyMs > TOKEN_LEEWAY_MS) return fail('clock', `${found}; tokens are refused beyond ${TOKEN_LEEWAY_MS}`, cure)
  return surelyMs > UNEASY_MS ? warn('clock', found, cure) : ok('clock', found)
}

export async function checkDatabaseClock(db: Queryable): Promise<Finding> {
  const before = Date.now()
  const [row] = await db.query<{ now: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as now')
  const after = Date.now()
  return judgeClock('the database', row!.now - (before + after) / 2, (after - before) / 2)
}

/** A `Date` header is cut to the second, so it may be half of one off its middle. */
export function checkServerClock(date: string | null, before: number, after: number): Finding[] {
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs)) return []
  return [judgeClock('the server', theirs + 500 - (before + after) / 2, 500 + (after - before) / 2)]
}
