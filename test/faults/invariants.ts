import { type History, messagesOf, type SendRecord, type ShownMessage, type View } from './history.js'
import { type Invariant, nameOf, toTheEnd } from './invariant.js'
import { invariantsOfClients } from './invariants-of-clients.js'

const logOf = (history: History, conversationId: string) => history.logs.get(conversationId) ?? []

/** Every message that a caller was told is stored, or is not told that it is refused, is in the log and on every screen. */
const nothingLost: Invariant = (history) => {
  const stored = new Map([...history.logs].map(([id, log]) => [id, byKey(messagesOf(log))]))
  const views = toTheEnd(history).map((view) => ({ view, shown: byKey(view.final) }))
  return history.sends.flatMap(({ conversationId, key, body, outcome, seq }) => {
    if (outcome === 'failed') return [`${key} was refused`]
    const message = stored.get(conversationId)?.get(key)
    if (!message || message.body !== body) return [`${key} is not in the log (${outcome})`]
    if (outcome === 'sent' && seq !== null && seq !== message.seq) return [`${key} was said to be ${seq}`]
    return views
      .filter(({ view, shown }) => view.conversationId === conversationId && !shown.has(key))
      .map(({ view }) => `${key} is not shown by ${nameOf(view)}`)
  })
}
const byKey = (messages: readonly ShownMessage[]) => new Map(messages.map((message) => [message.key, message]))

/** No key is stored twice or shown twice, and nothing is stored that nobody sent. */
const atMostOnce: Invariant = (history) => {
  const sent = new Set(history.sends.map(({ key }) => key))
  return [
    ...[...history.logs].flatMap(([conversationId, log]) => {
      const keys = messagesOf(log).map(({ key }) => key)
      return keys
        .filter((key, at) => keys.indexOf(key) !== at || !sent.has(key))
        .map((key) => `${key} is in ${conversationId} twice, or nobody sent it`)
    }),
    ...history.views.flatMap((view) => view.doubled.map((key) => `${key} was shown twice by ${nameOf(view)}`)),
  ]
}

/** The seqs of each log are 1, 2, 3 … */
const dense: Invariant = (history) =>
  [...history.logs].flatMap(([conversationId, log]) => {
    const at = log.findIndex(({ seq }, index) => seq !== index + 1)
    return at < 0 ? [] : [`${conversationId} has ${log[at]!.seq} at place ${at + 1}`]
  })

/** In the end all screens show the log, and none ever puts anything above what it showed before. */
const sameOrder: Invariant = (history) =>
  history.views.flatMap((view) => {
    const expected = messagesOf(logOf(history, view.conversationId)).map(({ seq, key }) => `${seq} ${key}`)
    const isEqual = view.isLeft || expected.join() === view.final.map(({ seq, key }) => `${seq} ${key}`).join()
    return [
      ...(isEqual ? [] : [`${nameOf(view)} differs from the log`]),
      ...changesOf(view)
        .filter(({ kept, before }) => kept < before)
        .map(({ kept, before }) => `${nameOf(view)} showed ${before} messages, and changed them from ${kept} on`),
    ]
  })

/** The messages of one author in one conversation are stored in the order of the calls. */
const senderOrder: Invariant = (history) => {
  const lanes = new Map<string, SendRecord[]>()
  for (const send of history.sends) lanes.set(send.lane, [...(lanes.get(send.lane) ?? []), send])
  return [...lanes].flatMap(([lane, sends]) => {
    const places = new Map(
      messagesOf(logOf(history, sends[0]!.conversationId)).map(({ key, seq }) => [key, seq] as const),
    )
    const seqs = sends.map(({ key }) => places.get(key) ?? Infinity)
    const at = seqs.findIndex((seq, index) => index > 0 && seq < seqs[index - 1]!)
    return at < 0 ? [] : [`${lane} sent ${sends[at]!.key} later, and it is stored before`]
  })
}

/** Marks only go up, and what is read is delivered and exists. */
const marksOnlyGrow: Invariant = (history) =>
  history.views.flatMap((view) => {
    const last = new Map<string, { deliveredSeq: number; readSeq: number }>()
    const head = logOf(history, view.conversationId).length
    return view.marks.flatMap(({ actor, deliveredSeq, readSeq }) => {
      const before = last.get(actor) ?? { deliveredSeq: 0, readSeq: 0 }
      last.set(actor, { deliveredSeq, readSeq })
      const isGrown = deliveredSeq >= before.deliveredSeq && readSeq >= before.readSeq
      const isSound = readSeq <= deliveredSeq && deliveredSeq <= head
      return isGrown && isSound
        ? []
        : [`${nameOf(view)}: ${actor} at ${readSeq}/${deliveredSeq} of ${head} after ${before.readSeq}`]
    })
  })

/** What a screen shows has no hole: it never went past something it does not have. */
const noHoleShown: Invariant = (history) =>
  history.views.flatMap((view) =>
    changesOf(view)
      .filter(({ last, added }) => added.some((no, at) => no !== (added[at - 1] ?? last ?? no - 1) + 1))
      .map(({ last, added }) => `${nameOf(view)} showed ${added.join(' ')} after ${last ?? 'nothing'}`),
  )

/** Each change with what stood there before it: how many, and which was the last that stayed. */
function changesOf(view: View) {
  const list: number[] = []
  return view.shown.map(({ kept, added }) => {
    const before = list.length
    list.splice(kept, before - kept, ...added)
    return { kept, before, last: list[kept - 1], added }
  })
}

/** After the heal every client is equal to the log within the bound. */
const converged: Invariant = (history) => [
  ...toTheEnd(history)
    .filter(({ convergedMs }) => convergedMs === null || convergedMs > history.boundMs)
    .map((view) => `${nameOf(view)} took ${view.convergedMs?.toFixed() ?? 'over'} ms`),
  ...history.sends.filter(({ outcome }) => outcome === 'open').map(({ key }) => `${key} still waits`),
]

const invariants = {
  'I1 no acknowledged loss': nothingLost,
  'I2 at most once': atMostOnce,
  'I3 density': dense,
  'I4 same order': sameOrder,
  'I5 order of the sender': senderOrder,
  'I6 marks only grow': marksOnlyGrow,
  'I9 no hole shown': noHoleShown,
  'I10 convergence': converged,
  ...invariantsOfClients,
} satisfies Record<string, Invariant>

export type InvariantName = keyof typeof invariants
export type Broken = Partial<Record<InvariantName, string[]>>

/** The invariants that do not hold, each with its cases. */
export function brokenIn(history: History): Broken {
  const broken: Broken = {}
  for (const [name, judge] of Object.entries(invariants) as [InvariantName, Invariant][]) {
    const cases = judge(history)
    if (cases.length) broken[name] = cases
  }
  return broken
}
