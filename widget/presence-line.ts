import type { PersonPresence } from '../sdk/index.js'
import { ago } from './ago.js'
import { lateTexts as texts } from './locale/late-texts.js'

/** Whether somebody of the team is there, or when they last were. */
export function presenceLine({ state, lastSeenAt }: PersonPresence, now: number): string {
  if (state !== 'offline') return state === 'online' ? texts.online : texts.away
  return lastSeenAt === null ? texts.offline : texts.lastSeen(ago(now - lastSeenAt))
}
