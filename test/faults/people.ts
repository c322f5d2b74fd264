import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket as NodeSocket } from 'ws'
import { type AgentClient, type AgentSignIn, createAgent } from '../../sdk/agent.js'
import { type Chat, type ChatStorage, type Conversation, createChat } from '../../sdk/index.js'
import { type SendRecord, type SendState, unseen } from './history.js'

const RECONNECT_MS = 500

/** What a client is started with. */
export interface Place {
  url: string
  fetch: typeof fetch
  random: () => number
  /** Calls back when the network comes back, as a browser's `online` event does. */
  onWake: (listener: () => void) => () => void
}

const WebSocket = NodeSocket as unknown as typeof globalThis.WebSocket

/** One author's drafts of one conversation: sends them, and hands in again what a reload lost. */
export interface Lane {
  readonly name: string
  send(): SendRecord
  /** The same drafts through another client, in their order. */
  moveTo(conversation: Conversation): void
  /** How many are not known to be stored. */
  waiting(): number
  /** Most drafts that its screen showed at once. */
  peak(): number
  /** What waits, as its screen shows it. */
  standing(): string[]
}

export function openLane(name: string, conversation: Conversation, record: (send: SendRecord) => void): Lane {
  let current = conversation
  let count = 0
  let peak = 0
  const open: SendRecord[] = []
  const show = ({ states }: SendRecord, state: SendState) => void (states.at(-1) !== state && states.push(state))

  /** Notes how the drafts stand, which come after all that is stored. */
  function look() {
    const drafts = current.thread.getSnapshot().items.flatMap((item) => (item.kind === 'draft' ? [item] : []))
    for (const { key, state } of drafts) {
      const send = open.find((other) => other.key === key)
      if (send) show(send, state)
    }
    peak = Math.max(peak, drafts.length)
  }
  let stop = current.thread.subscribe(look)

  function handIn(send: SendRecord) {
    const through = current
    const { key, body } = send
    const handle = through.messages.send({ body, idempotencyKey: key })
    void handle.queued.then(({ durability }) => (send.durability = durability)).catch(() => {})
    handle.sent.then(
      (message) => {
        show(send, 'sent')
        send.outcome = 'sent'
        send.seq = message.seq
        send.conversationId = through.id!
        open.splice(open.indexOf(send), 1)
      },
      () => {
        // a page that was left tells nobody
        if (through === current) send.outcome = 'failed'
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
    moveTo(next) {
      stop()
      current = next
      stop = current.thread.subscribe(look)
      for (const send of open) send.states = []
      open.forEach(handIn)
    },
    waiting: () => open.length,
    peak: () => peak,
    standing() {
      if (!open.length) return []
      const drafts = current.thread.getSnapshot().items.flatMap((item) => (item.kind === 'draft' ? [item] : []))
      const shown = drafts.map(({ state, error }) => (error ? `${state} (${error.message})` : state))
      return [`${name} in ${current.id} waits for ${open.length}, shown: ${shown.join() || 'none'}`]
    },
  }
}

export interface Visitor {
  chat: Chat
  /** Leaves the page and comes back: another client with the same storage. */
  reload(): Promise<Chat>
}

export function aVisitor(place: Place, inboxKey: string): Visitor {
  const kept = new Map<string, string>()
  const storage: ChatStorage = {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
  }
  const begin = () => createChat({ ...place, inboxKey, storage, WebSocket })
  const visitor: Visitor = {
    chat: begin(),
    async reload() {
      await visitor.chat.close()
      visitor.chat = begin()
      // told that it was refused, as a fault may say, one tries again
      while (
        !(await visitor.chat.connect().then(
          () => true,
          () => false,
        ))
      )
        await sleep(RECONNECT_MS)
      return visitor.chat
    },
  }
  return visitor
}

/** Whoever signed in once, on one more device. */
export const anAgent = (place: Place, getToken: AgentSignIn['getToken']): AgentClient =>
  createAgent({ ...place, getToken, WebSocket })
