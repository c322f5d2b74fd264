import { messagesOf, type SendState } from './history.js'
import { type Invariant, nameOf, toTheEnd } from './invariant.js'

/** What an idle healthy client may ask: a digest each 30 s at most, a token and a late retry. */
const MAX_REQUESTS_A_MINUTE = 4
/** `MAX_PENDING` of the outbox, for one conversation. */
const MAX_WAITING = 500
/** How much later than its time a "writes …" may go. */
const TYPING_GRACE_MS = 1_000

/** What was kept well enough to outlive its page ends stored, or refused where its author sees it. */
const durable: Invariant = ({ sends }) =>
  sends
    .filter(({ durability, outcome }) => durability === 'durable' && outcome === 'open')
    .map(({ key }) => `${key} was kept, and is neither stored nor refused`)

/** All screens show the words that the log ends with. */
const sameWords: Invariant = (history) =>
  toTheEnd(history).flatMap((view) => {
    const bodies = new Map(messagesOf(history.logs.get(view.conversationId) ?? []).map(({ seq, body }) => [seq, body]))
    return view.final
      .filter(({ seq, body }) => bodies.has(seq) && bodies.get(seq) !== body)
      .map(({ seq, body }) => `${nameOf(view)} shows "${body}" at ${seq}`)
  })

const unreadIsReal: Invariant = ({ clients }) =>
  clients.flatMap(({ client, unread }) =>
    unread
      .filter(({ counted, real }) => counted !== real)
      .map(({ conversationId, counted, real }) => `${client} counts ${counted} of ${real} in ${conversationId}`),
  )

const noGhost: Invariant = ({ typings }) =>
  typings
    .filter(({ shownMs, ttlMs }) => shownMs > ttlMs + TYPING_GRACE_MS)
    .map(({ client, shownMs, ttlMs }) => `${client} showed somebody writing for ${shownMs} ms, good for ${ttlMs}`)

const quiet: Invariant = ({ clients }) =>
  clients.flatMap(({ client, idle }) =>
    idle && idle.requests > Math.max(1, (MAX_REQUESTS_A_MINUTE * idle.ms) / 60_000)
      ? [`${client} asked ${idle.requests} times in ${idle.ms} idle ms`]
      : [],
  )

/** Nobody is shown anything of a conversation that is not theirs. */
const isolated: Invariant = ({ clients }) =>
  clients.flatMap(({ client, mine, known }) =>
    known.filter((id) => !mine.includes(id)).map((id) => `${client} knows of ${id}`),
  )

/** What may follow what on the author's screen. */
const follows: Record<SendState, readonly SendState[]> = {
  queued: ['sending', 'sent'],
  sending: ['queued', 'failed', 'sent'],
  failed: ['queued'],
  sent: [],
}
const statusOnlyRises: Invariant = ({ sends }) =>
  sends.flatMap(({ key, states }) => {
    const at = states.findIndex((state, index) => index > 0 && !follows[states[index - 1]!].includes(state))
    return at < 0 ? [] : [`${key} was ${states[at - 1]}, then ${states[at]}`]
  })

const bounded: Invariant = ({ clients }) =>
  clients
    .filter(({ peakWaiting }) => peakWaiting > MAX_WAITING)
    .map(({ client, peakWaiting }) => `${client} let ${peakWaiting} wait`)

export const invariantsOfClients = {
  'I7 what is kept is not lost': durable,
  'I8 the same words': sameWords,
  'I11 unread is real': unreadIsReal,
  'I12 no ghost writes': noGhost,
  'I13 quiet when idle': quiet,
  'I14 isolation': isolated,
  'I15 status only rises': statusOnlyRises,
  'I16 bounded': bounded,
} satisfies Record<string, Invariant>
