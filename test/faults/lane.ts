import { randomUUID } from 'node:crypto'
import type { Conversation, ThreadItem } from '../../sdk/index.js'
import { isKept, type SendRecord, type SendState, unseen } from './history.js'

/** One author's drafts of one conversation: sends them, and hands in again what a reload lost because it was not kept. */
export interface Lane {
  readonly name: string
  send(): SendRecord
  /** A key is pressed; what is written is not sent yet, or (false) it is wiped out. */
  type(isWriting: boolean): void
  /** Its page is gone, and tells nothing any more. */
  leave(): void
  /** The same drafts through another client, in their order. */
  moveTo(conversation: Conversation): void
  /** How many are not known to be stored. */
  waiting(): number
  /** How many were left to what the client had kept of them. */
  carried(): number
  /** Most drafts that its screen showed at once. */
  peak(): number
  /** What waits, as its screen shows it. */
  standing(): string[]
}

export function openLane(name: string, conversation: Conversation, record: (send: SendRecord) => void): Lane {
  let current = conversation
  let isLeft = false
  let count = 0
  let peak = 0
  let carried = 0
  const open: SendRecord[] = []
  /** Left to the client by a reload, and whether it was seen since. */
  const left = new Map<string, boolean>()
  const show = ({ states }: SendRecord, state: SendState) => void (states.at(-1) !== state && states.push(state))

  function close(send: SendRecord, outcome: SendRecord['outcome'], seq: number | null) {
    Object.assign(send, { outcome, seq, conversationId: current.id! })
    open.splice(open.indexOf(send), 1)
    left.delete(send.key)
  }

  /** Notes how the drafts stand, which come after all that is stored. */
  function look() {
    const { items } = current.thread.getSnapshot()
    const drafts = items.flatMap((item) => (item.kind === 'draft' ? [item] : []))
    for (const { key, state } of drafts) {
      const send = open.find((other) => other.key === key)
      if (!send) continue
      show(send, state)
      if (!left.has(key)) continue
      left.set(key, true)
      if (state === 'failed') close(send, 'failed', null)
    }
    peak = Math.max(peak, drafts.length)
    if (left.size) settle(items, new Set(drafts.map(({ key }) => key)))
  }
  /** What was left to the client is stored where it is shown, or is a draft no more. */
  function settle(items: readonly ThreadItem[], waiting: ReadonlySet<string>) {
    for (const [key, wasSeen] of left) {
      const stored = items.findLast((item) => item.kind === 'message' && item.message.idempotencyKey === key)
      if (waiting.has(key) || (!stored && !wasSeen)) continue
      const send = open.find((other) => other.key === key)!
      show(send, 'sent')
      close(send, 'sent', stored?.kind === 'message' ? stored.message.seq : null)
    }
  }
  let stop = current.thread.subscribe(look)

  function handIn(send: SendRecord) {
    const through = current
    const { key, body } = send
    const handle = through.messages.send({ body, idempotencyKey: key })
    void handle.queued.then(({ durability }) => (send.durability = durability)).catch(() => {})
    handle.sent.then(
      (message) => {
        if (!open.includes(send)) return
        show(send, 'sent')
        close(send, 'sent', message.seq)
      },
      () => {
        // a page that was left tells nobody
        if (through === current && !isLeft) send.outcome = 'failed'
      },
    )
  }
  return {
    name,
    send() {
      const body = `${name}, ${++count}`
      const send: SendRecord = {
        lane: name,
        conversationId: '',
        key: randomUUID(),
        body,
        outcome: 'open',
        seq: null,
        ...unseen(),
      }
      send.conversationId = current.id ?? ''
      open.push(send)
      record(send)
      handIn(send)
      return send
    },
    leave: () => void (isLeft = true),
    moveTo(next) {
      stop()
      current = next
      isLeft = false
      stop = current.thread.subscribe(look)
      for (const send of open) send.states = []
      for (const { key } of open.filter(isKept)) {
        left.set(key, false)
        carried++
      }
      open.filter(({ key }) => !left.has(key)).forEach(handIn)
      look()
    },
    type: (isWriting) => (isWriting ? current.startTyping() : current.stopTyping()),
    waiting: () => open.length,
    carried: () => carried,
    peak: () => peak,
    standing() {
      if (!open.length) return []
      const drafts = current.thread.getSnapshot().items.flatMap((item) => (item.kind === 'draft' ? [item] : []))
      const shown = drafts.map(({ state, error }) => (error ? `${state} (${error.message})` : state))
      return [`${name} in ${current.id} waits for ${open.length}, shown: ${shown.join() || 'none'}`]
    },
  }
}
