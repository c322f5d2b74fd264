import { every } from './clock.js'
import type { ConnectionState } from './connection.js'
import type { Browser } from './defaults.js'
import type { LinkOptions } from './link.js'
import type { PageStep } from './protocol/page.js'
import { MAX_PRESENCE_CONVERSATIONS, type Presence, type PresenceState } from './protocol/presence.js'
import type { Store } from './store.js'

/** A third of the lease that the server gives. */
export const BEAT_MS = 15_000
/** Out of sight: often enough to be away and not gone, where a browser lets timers run once a minute. */
const HIDDEN_BEAT_MS = 45_000
/** How soon it is noticed that a conversation was opened or closed. */
const LOOK_MS = 5_000
const MAX_BEATS_A_MINUTE = 4
/** What was heard longer ago is no longer shown. */
const STALE_MS = 45_000

/** The other side of a conversation. */
export interface PersonPresence {
  /** Null: nobody in particular answers yet, and `state` says whether anyone could. */
  name: string | null
  /** `away`: not in sight, or gone so lately that they may be back. */
  state: PresenceState
  /** When they last were in front of it, as `Date.now()` counts. Null while they are, if never, and for visitors. */
  lastSeenAt: number | null
}
/** By the id of the conversation, for those that are open; who is not in it is not known of. */
export type People = ReadonlyMap<string, PersonPresence>

export interface PresenceListener {
  onPresence: (people: People) => void
  /** Where the person is, to be told once; null where nobody is to know. */
  page?: () => PageStep | null
  /** Whether the person is here from the first connection on, not only while a conversation is open. */
  isDesk?: boolean
}

/** Says that someone is here, at a desk always, else while a conversation is open, and tells who of the other side is. What fails is silent, and said again. */
export function keepPresence<S>(
  { surroundings, open, call, signal, onPresence, page, isDesk = false }: LinkOptions<S> & PresenceListener,
  connection: Store<ConnectionState>,
  { isVisible }: Pick<Browser, 'isVisible'>,
): void {
  const { clock } = surroundings
  /** When the last ones were, newest first. */
  let beats: number[] = []
  let asked: string[] = []
  let shown = '[]'
  let heardMs = 0
  let told: PageStep | null = null

  function show(people: Presence[], aheadMs = 0) {
    const next = JSON.stringify(people)
    if (next === shown) return
    shown = next
    const timeOf = (at: string | null) => (at === null ? null : Date.parse(at) - aheadMs)
    onPresence(
      new Map(
        people.map(({ conversationId, name, state, lastSeenAt }) => [
          conversationId,
          { name, state, lastSeenAt: timeOf(lastSeenAt) },
        ]),
      ),
    )
  }

  async function look() {
    const now = clock.now()
    const conversationIds = open()
      .slice(0, MAX_PRESENCE_CONVERSATIONS)
      .map((log) => log.conversationId)
    if (!conversationIds.length) asked = []
    if (!conversationIds.length || now - heardMs > STALE_MS) show([])
    if ((!conversationIds.length && !isDesk) || !connection.getSnapshot().transport) return
    const isSeen = isVisible()
    const isNew = conversationIds.some((id) => !asked.includes(id))
    const waitMs = isNew ? 0 : isSeen ? BEAT_MS : HIDDEN_BEAT_MS
    const [last = -Infinity] = beats
    if (now - last < waitMs || now - (beats[MAX_BEATS_A_MINUTE - 1] ?? -Infinity) < 60_000) return
    beats = [now, ...beats].slice(0, MAX_BEATS_A_MINUTE)
    asked = conversationIds
    try {
      const step = page?.() ?? null
      const isNews = step !== null && step !== told
      const body = {
        state: isSeen ? ('online' as const) : ('away' as const),
        conversationIds,
        ...(isNews && { page: step }),
      }
      const { people, serverTime } = await call('PUT presence', { body, signal })
      heardMs = clock.now()
      told = step
      show(people, Date.parse(serverTime) - heardMs)
    } catch {
      // the next one tells
    }
  }
  void look()
  connection.subscribe(() => void look())
  void every(clock, () => LOOK_MS, look, signal)
}
