import type { Clock } from './clock.js'
import { type Typing, MAX_TYPING_TTL_MS } from './protocol/events.js'
import type { Me } from './thread-items.js'
import type { Cell } from './store.js'
import type { ThreadState } from './thread.js'

/** Said again this often while someone goes on typing, so that one lost word is not seen. */
const SAY_EVERY_MS = 3_000

/** Someone who is writing at this moment. */
export interface TypingPerson {
  actorId: string
  /** Empty while nothing is known but that they take part. */
  name: string
}

/** What of a conversation its typing needs. */
interface Desk {
  clock: Clock
  me: () => Me | null
  signal: AbortSignal
  state: () => ThreadState
  say: (payload: Typing) => void
  typing: Cell<readonly TypingPerson[]>
}

/** Who types, on either side. Never stored and never kept for later: what cannot be said now is not said. */
export interface Typist {
  start(): void
  stop(): void
  /** `afterSeq`: where the log stood when it came. Who has written something since has ended it. */
  heard(payload: Typing, afterSeq?: number): void
  /** Someone's message ends their typing. */
  changed(): void
}

export function createTypist({ clock, me, signal, state, say, typing }: Desk): Typist {
  const heard = new Map<string, { person: TypingPerson; untilMs: number; afterSeq: number }>()
  let saidMs = -Infinity

  function show() {
    const people = [...heard.values()].map(({ person }) => person)
    const shown = typing.getSnapshot()
    if (people.length !== shown.length || people.some((person, at) => person !== shown[at])) typing.set(people)
  }
  function forget(actorId: string) {
    if (heard.delete(actorId)) show()
  }
  const hasWritten = (actorId: string, afterSeq: number) =>
    state().messages.some(({ author, seq }) => author.id === actorId && seq > afterSeq)
  /** The head of the log says who the contact and the assignee are; whoever has marks takes part. */
  function personOf(actorId: string): TypingPerson | null {
    const { head, receipts, messages } = state()
    const mine = me()?.type
    const isOther = receipts.some(({ actor }) => actor.id === actorId && actor.type !== mine)
    const isNamed = mine === 'agent' ? head?.contact.id === actorId : head?.assigneeId === actorId
    if (!mine || (!isOther && !isNamed)) return null
    const author = messages.findLast((message) => message.author.id === actorId)?.author
    const name = mine === 'agent' ? head?.contact.name : isNamed ? head?.assigneeName : ''
    return { actorId, name: author?.name || name || '' }
  }

  return {
    start() {
      const actorId = me()?.id
      if (!actorId || clock.now() - saidMs < SAY_EVERY_MS) return
      saidMs = clock.now()
      say({ actorId, ttlMs: MAX_TYPING_TTL_MS })
    },
    stop() {
      const actorId = me()?.id
      if (!actorId || clock.now() - saidMs >= MAX_TYPING_TTL_MS) return
      saidMs = -Infinity
      say({ actorId, ttlMs: 0 })
    },
    heard({ actorId, ttlMs }, afterSeq = state().cursor) {
      if (typeof actorId !== 'string' || !Number.isFinite(ttlMs)) return
      const leftMs = Math.min(ttlMs, MAX_TYPING_TTL_MS)
      // an end counts also of whom nothing is known any more: the log is loaded anew, or they were replaced meanwhile
      if (leftMs <= 0 || hasWritten(actorId, afterSeq)) return forget(actorId)
      const known = heard.get(actorId)
      const person = personOf(actorId)
      if (!person) return
      const untilMs = clock.now() + leftMs
      heard.set(actorId, { person: known?.person ?? person, untilMs, afterSeq })
      show()
      void clock.sleep(leftMs, signal).then(() => {
        if (heard.get(actorId)?.untilMs === untilMs) forget(actorId)
      })
    },
    changed() {
      for (const [actorId, { afterSeq }] of heard) if (hasWritten(actorId, afterSeq)) forget(actorId)
    },
  }
}
