import type { ConversationHead, Receipt } from './protocol/conversation.js'
import type { ChatError } from './protocol/errors.js'
import type { ChatEvent, ChatEventNotice } from './protocol/events.js'
import type { Message } from './protocol/message.js'

/** Beyond a hole this many events are kept; more are fetched again. */
const MAX_AHEAD = 256
const MAX_UNSEEN = 20

/** A message on its way, as its author sees it. */
export interface PendingDraft {
  idempotencyKey: string
  body: string
  replyToId?: string
  state: 'queued' | 'sending' | 'failed'
  error: ChatError | null
}

/** What this client knows of one conversation's log: a contiguous window from `floor` to `cursor`. */
export interface ThreadState {
  readonly conversationId: string | null
  readonly head: ConversationHead | null
  readonly epoch: string | null
  /** False until the window is anchored by a page or by the log's beginning. */
  readonly isAnchored: boolean
  /** Everything from here on is held; below it there may be more. */
  readonly floor: number
  /** Every event up to here is applied. */
  readonly cursor: number
  /** The same for the agents' log, whose events nothing shows yet. */
  readonly internalCursor: number
  /** Highest `seq` heard of; above `cursor` it means that something is missing. */
  readonly known: number
  /** By `seq`. */
  readonly messages: readonly Message[]
  /** What was told of messages below `floor`, by `seq`: a page of them may have been read before. */
  readonly below: readonly Message[]
  /** Messages as this person wants them to be, by id, while a change of theirs is on its way. */
  readonly wished: ReadonlyMap<string, Message>
  /** Events other than messages', by `seq`. */
  readonly activities: readonly ChatEvent[]
  /** Heard beyond a hole, by `seq`; not shown until the hole is filled. */
  readonly ahead: readonly ChatEvent[]
  readonly receipts: readonly Receipt[]
  readonly drafts: readonly PendingDraft[]
}

export const emptyThread: ThreadState = {
  conversationId: null,
  head: null,
  epoch: null,
  isAnchored: false,
  floor: 1,
  cursor: 0,
  internalCursor: 0,
  known: 0,
  messages: [],
  below: [],
  wished: new Map(),
  activities: [],
  ahead: [],
  receipts: [],
  drafts: [],
}

/** The same conversation with nothing of what the server told of it; what is on its way stays. */
export const forgetLog = ({ conversationId, drafts }: ThreadState): ThreadState => ({
  ...emptyThread,
  conversationId,
  drafts,
})

/** What is kept of a conversation that nobody looks at: its newest messages, to be shown at once when somebody does. */
export function shrink(state: ThreadState): ThreadState {
  const messages = state.messages.slice(-MAX_UNSEEN)
  if (messages.length === state.messages.length) return state
  const floor = messages[0]!.seq
  return { ...state, messages, floor, below: [], activities: state.activities.filter(({ seq }) => seq > floor) }
}

export const isBehind = (state: ThreadState): boolean => state.known > state.cursor

/** Whether an event, page or head belongs to another life of the database than the window does. */
export const isOtherEpoch = (state: ThreadState, { epoch }: { epoch: string }): boolean =>
  state.epoch !== null && state.epoch !== epoch

/** Folds in one event or the notice of one. Order and repetition do not matter. */
export function applyEvent(state: ThreadState, event: ChatEvent | ChatEventNotice): ThreadState {
  if (isOtherEpoch(state, event)) return state
  if (event.log === 'internal')
    return event.seq === state.internalCursor + 1 ? { ...state, internalCursor: event.seq } : state
  if (event.seq <= state.cursor && state.isAnchored) return 'type' in event ? fold(state, event) : state
  const next = { ...state, epoch: event.epoch, known: Math.max(state.known, event.seq) }
  return 'type' in event ? drain({ ...next, ahead: limited(inserted(state.ahead, event)) }) : settled(state, next)
}

/** The window of a conversation that begins with the next event. */
export const anchorAtStart = (state: ThreadState): ThreadState => drain({ ...state, isAnchored: true, floor: 1 })

/** Of two heads of one conversation the newer; of equal ones the one that says more. */
export function newerHead(one: ConversationHead | null | undefined, other: ConversationHead): ConversationHead {
  if (!one || one.epoch !== other.epoch) return other
  const isNewer = other.seq - one.seq || other.internalSeq - one.internalSeq
  return isNewer > 0 ? other : one
}

export function applyHead(state: ThreadState, head: ConversationHead): ThreadState {
  const newer = newerHead(state.head, head)
  if (isOtherEpoch(state, head)) return newer === state.head ? state : { ...state, head: newer }
  return settled(state, { ...state, head: newer, known: Math.max(state.known, head.seq) })
}

/** Merges marks by max, per participant. */
export function applyReceipts(state: ThreadState, receipts: readonly Receipt[]): ThreadState {
  return settled(state, { ...state, receipts: receipts.reduce(withReceipt, state.receipts) })
}

function withReceipt(all: readonly Receipt[], mark: Receipt): readonly Receipt[] {
  const known = all.find(({ actor }) => actor.id === mark.actor.id)
  const merged = known ? laterMark(known, mark) : mark
  return merged === known ? all : [...all.filter((other) => other !== known), merged]
}

/** One participant's two marks as one, by max. */
export function laterMark(one: Receipt, other: Receipt): Receipt {
  const deliveredSeq = Math.max(one.deliveredSeq, other.deliveredSeq)
  const readSeq = Math.max(one.readSeq, other.readSeq)
  const readMessageNo = Math.max(one.readMessageNo, other.readMessageNo)
  const isSame = deliveredSeq === one.deliveredSeq && readSeq === one.readSeq && readMessageNo === one.readMessageNo
  return isSame ? one : { ...one, deliveredSeq, readSeq, readMessageNo }
}

export function withDraft(state: ThreadState, draft: PendingDraft): ThreadState {
  const isKnown = state.drafts.some(({ idempotencyKey }) => idempotencyKey === draft.idempotencyKey)
  const drafts = isKnown
    ? state.drafts.map((other) => (other.idempotencyKey === draft.idempotencyKey ? draft : other))
    : [...state.drafts, draft]
  return { ...state, drafts }
}

export function withoutDraft(state: ThreadState, key: string): ThreadState {
  const drafts = state.drafts.filter(({ idempotencyKey }) => idempotencyKey !== key)
  return drafts.length < state.drafts.length ? { ...state, drafts } : state
}

/** Moves the cursor over everything that follows it without a hole. */
export function drain(state: ThreadState): ThreadState {
  if (!state.isAnchored) return state
  let { cursor } = state
  let next = state
  for (const event of state.ahead) {
    if (event.seq > cursor + 1) break
    if (event.seq === cursor + 1) cursor = event.seq
    next = fold(next, event)
  }
  const ahead = state.ahead.filter(({ seq }) => seq > cursor)
  return { ...next, cursor, ahead: ahead.length < state.ahead.length ? ahead : state.ahead }
}

/** Takes an event's content into the window, wherever in it. Above a hole nothing is shown: earlier pages bring it. */
function fold(state: ThreadState, event: ChatEvent): ThreadState {
  if (isOfMessage(event)) {
    const { message } = event.data
    if (message.seq < state.floor) {
      const below = withMessage(state.below, message)
      return withoutDraft(settled(state, { ...state, below }), message.idempotencyKey)
    }
    const receipts =
      event.type === 'message.created'
        ? withReceipt(state.receipts, authorsMark(event.conversationId, message))
        : state.receipts
    return settled(state, { ...state, messages: withMessage(state.messages, message), receipts })
  }
  if (event.seq < state.floor) return state
  return settled(state, { ...state, activities: inserted(state.activities, event) })
}

type MessageEvent = Extract<ChatEvent, { data: { message: Message } }>
const isOfMessage = (event: ChatEvent): event is MessageEvent =>
  /^message\.(created|edited|deleted|reacted)$/.test(event.type)

/** Who writes has read what came before: the server moves this mark with the message, without a word of its own. */
const authorsMark = (conversationId: string, { author, seq, messageNo }: Message): Receipt => ({
  conversationId,
  actor: { type: author.type, id: author.id },
  deliveredSeq: seq,
  readSeq: seq,
  readMessageNo: messageNo,
})

/** Only a higher `revSeq` replaces a message, so an old page cannot undo what came later. */
export function withMessage(all: readonly Message[], message: Message): readonly Message[] {
  const at = place(all, message.seq)
  const known = all[at]
  if (known?.seq !== message.seq) return spliced(all, at, 0, message)
  return known.revSeq >= message.revSeq ? all : spliced(all, at, 1, message)
}

function inserted<T extends { seq: number }>(all: readonly T[], entry: T): readonly T[] {
  const at = place(all, entry.seq)
  return all[at]?.seq === entry.seq ? all : spliced(all, at, 0, entry)
}

const limited = <T>(all: readonly T[]): readonly T[] => (all.length > MAX_AHEAD ? all.slice(0, MAX_AHEAD) : all)

const spliced = <T>(all: readonly T[], at: number, removed: number, entry: T): readonly T[] => [
  ...all.slice(0, at),
  entry,
  ...all.slice(at + removed),
]

/** Index of the first entry at or above `seq`; from the end, where news is. */
function place(all: readonly { seq: number }[], seq: number): number {
  let at = all.length
  while (at > 0 && all[at - 1]!.seq >= seq) at--
  return at
}

/** The old value where nothing changed, so that stores stay quiet. */
function settled(before: ThreadState, after: ThreadState): ThreadState {
  const keys = Object.keys(after) as (keyof ThreadState)[]
  return keys.every((key) => after[key] === before[key]) ? before : after
}
