import { type History, messagesOf, type SendRecord, type View } from './history.js'

/** What is broken, one line per case; empty when it holds. */
type Invariant = (history: History) => string[]

const logOf = (history: History, conversationId: string) => history.logs.get(conversationId) ?? []
const toTheEnd = (history: History) => history.views.filter(({ isLeft }) => !isLeft)
const nameOf = (view: View) => `${view.client} in ${view.conversationId}`

/** Every message that a caller was told is stored, or is not told that it is refused, is in the log and on every screen. */
const nothingLost: Invariant = (history) =>
  history.sends.flatMap((send) => {
    if (send.outcome === 'failed') return [`${send.key} was refused`]
    const stored = messagesOf(logOf(history, send.conversationId)).find(({ key }) => key === send.key)
    if (!stored || stored.body !== send.body) return [`${send.key} is not in the log (${send.outcome})`]
    if (send.outcome === 'sent' && send.seq !== stored.seq) return [`${send.key} was said to be ${send.seq}`]
    return toTheEnd(history)
      .filter(({ conversationId }) => conversationId === send.conversationId)
      .filter(({ final }) => !final.some(({ key }) => key === send.key))
      .map((view) => `${send.key} is not shown by ${nameOf(view)}`)
  })

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
    const at = view.shown.findIndex((list, index) => index > 0 && !continues(view.shown[index - 1]!, list))
    return [
      ...(isEqual ? [] : [`${nameOf(view)} differs from the log`]),
      ...(at < 0 ? [] : [`${nameOf(view)} showed ${ends(view.shown[at - 1]!)}, then ${ends(view.shown[at]!)}`]),
    ]
  })

const continues = (before: readonly number[], after: readonly number[]) =>
  before.every((entry, index) => after[index] === entry)
const ends = (list: readonly number[]) => `${list.length} up to ${list.at(-1) ?? 'nothing'}`

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
  history.views.flatMap((view) => {
    const holed = view.shown.find((list) => list.some((no, at) => at > 0 && no !== list[at - 1]! + 1))
    return holed ? [`${nameOf(view)} showed a list with a hole: ${holed.join(' ')}`] : []
  })

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
