import type { Conversation } from '../../sdk/index.js'
import type { TypingReason, TypingShown } from './history.js'
import type { Witness } from './witness.js'

/** How much later than its time a "writes …" may go. */
const GRACE_MS = 1_000

/**
 * Notes who is shown as writing in a conversation, and for what reason, until the returned stop. How long they may be is
 * told by timers of our own, one for the word's time and then one for the grace: a process that stands still in between
 * finds the client's timer due before ours.
 */
export function watchTyping(
  client: string,
  conversation: Conversation,
  witness: Pick<Witness, 'onTyping'>,
  noted: (shown: TypingShown) => void,
): () => void {
  const id = conversation.id!
  const standing = new Map<string, Omit<TypingShown, 'untilMs'>>()
  /** The last there was of each; a new showing stands on it. */
  const last = new Map<string, TypingReason>()
  const timers = new Set<NodeJS.Timeout>()
  let lastNo = 0

  function later(ms: number, work: () => void) {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, ms)
    timers.add(timer)
  }
  function reason(actorId: string, what: TypingReason['what'], goodMs = 0) {
    const given: TypingReason = { what, atMs: performance.now(), goodUntilMs: null }
    standing.get(actorId)?.reasons.push(given)
    last.set(actorId, given)
    const isOver = () => void (given.goodUntilMs = performance.now())
    later(goodMs, () => later(GRACE_MS, isOver))
  }
  function look() {
    const now = performance.now()
    const writing = new Set(conversation.typing.getSnapshot().map(({ actorId }) => actorId))
    for (const actorId of writing) {
      if (standing.has(actorId)) continue
      const given = last.get(actorId)
      standing.set(actorId, { client, actorId, reasons: given ? [given] : [], fromMs: now })
    }
    for (const actorId of standing.keys()) if (!writing.has(actorId)) end(actorId, now)
  }
  function end(actorId: string, untilMs: number) {
    noted({ ...standing.get(actorId)!, untilMs })
    standing.delete(actorId)
  }
  /** Whoever has written it writes no more. */
  function readMessages() {
    const { items } = conversation.thread.getSnapshot()
    const isNew = ({ messageNo }: { messageNo: number }) => messageNo > lastNo
    const added = items.flatMap((item) => (item.kind === 'message' && isNew(item.message) ? [item.message] : []))
    for (const { author } of added) if (standing.has(author.id ?? '')) reason(author.id!, 'message')
    lastNo = Math.max(lastNo, ...added.map(({ messageNo }) => messageNo))
  }
  const stopHearing = witness.onTyping(({ conversationId, actorId, ttlMs }) => {
    if (conversationId === id) reason(actorId, ttlMs > 0 ? 'writes' : 'stops', ttlMs)
  })
  const stops = [conversation.typing.subscribe(look), conversation.thread.subscribe(readMessages), stopHearing]
  return () => {
    stops.forEach((stop) => stop())
    for (const actorId of standing.keys()) end(actorId, performance.now())
    timers.forEach(clearTimeout)
  }
}
