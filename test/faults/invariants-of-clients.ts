import { BEAT_MS } from '../../sdk/presence.js'
import { paths } from '../../sdk/protocol/index.js'
import { LEAST_QUIET_MS } from '../../sdk/sync.js'
import { isKept, messagesOf, type SendState } from './history.js'
import { type Invariant, nameOf, toTheEnd } from './invariant.js'

/** What an idle healthy client asks at all, with the least time between two of a kind. */
export const ROUTINE: Record<string, number> = {
  [`PUT ${paths.presence}`]: BEAT_MS,
  [`POST ${paths.sync}`]: LEAST_QUIET_MS,
  // tokens live for minutes, and longer than anybody looks
  [`POST ${paths.visitorSessionsRefresh}`]: Infinity,
}
/** `MAX_PENDING` of the outbox, for one conversation. */
const MAX_WAITING = 500

/** What was kept well enough to outlive its page ends stored, or refused where its author sees it. */
const durable: Invariant = ({ sends }) =>
  sends
    .filter((send) => isKept(send) && send.outcome === 'open')
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

/** Nobody is shown as writing for longer than the last word of it allows, nor after their message. */
const noGhost: Invariant = ({ typings }) =>
  typings.flatMap(({ client, actorId, fromMs, untilMs, reasons }) => {
    if (!reasons.length) return [`${client} showed ${actorId} writing, who did not say so`]
    const lateMs = reasons.map(({ goodUntilMs }, at) => (reasons[at + 1]?.atMs ?? untilMs) - (goodUntilMs ?? Infinity))
    const worstMs = Math.max(...lateMs)
    if (worstMs <= 0) return []
    const story = reasons.map(({ what, atMs }) => `${what} ${(atMs - fromMs).toFixed()}`).join()
    const shown = `${client} showed ${actorId} writing for ${(untilMs - fromMs).toFixed()} ms`
    return [`${shown}, ${worstMs.toFixed()} ms too long after: ${story}`]
  })

const quiet: Invariant = ({ clients }) =>
  clients.flatMap(({ client, idle }) =>
    Object.entries(idle?.asked ?? {})
      // a timer may be a part of a millisecond early
      .filter(
        ([kind, { length }]) => length > (kind in ROUTINE ? 1 + Math.floor(Math.round(idle!.ms) / ROUTINE[kind]!) : 0),
      )
      .map(
        ([kind, times]) =>
          `${client} asked for ${kind} ${times.length} times in ${idle!.ms.toFixed()} idle ms: ${times}`,
      ),
  )

/** Nothing of a conversation is given to somebody who may not see it. */
const isolated: Invariant = ({ clients }) =>
  clients.flatMap(({ client, mine, known }) =>
    [...known].filter((id) => mine && !mine.has(id)).map((id) => `${client} was told of ${id}`),
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
