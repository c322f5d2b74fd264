import { MAX_TYPING_TTL_MS, type Typing } from '../../sdk/protocol/index.js'
import { WebSocket as NodeSocket } from 'ws'

/** Kind of question that the opening of a socket counts as. */
const DIAL = 'dial'

export type TypingGiven = Typing & { conversationId: string }

/** Stands between one client and the network: notes what it asks for and what it is given. */
export interface Witness {
  fetch: typeof fetch
  WebSocket: typeof WebSocket
  /** Questions so far by kind, e.g. `GET /v1/conversations/:id`. */
  asked: ReadonlyMap<string, number>
  /** Conversations of which anything was given to it, by socket or in an answer. */
  told: ReadonlySet<string>
  /** Calls back at each word of somebody who types that reaches the client, until the returned stop. */
  onTyping(listener: (given: TypingGiven) => void): () => void
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const ID = new RegExp(UUID, 'g')
/** A topic, or a field. */
const CONVERSATION = new RegExp(`conversation(?:Id":"|:)(${UUID})`, 'g')
const TYPING = new RegExp(`conversation:(${UUID}):live.*"actorId":"(${UUID})","ttlMs":(\\d+)`, 's')

const onmessage = Object.getOwnPropertyDescriptor(NodeSocket.prototype, 'onmessage') as TypedPropertyDescriptor<
  ((event: MessageEvent<ArrayBuffer>) => void) | null
>
const textOf = (data: ArrayBuffer) => Buffer.from(data).toString('latin1')

export function newWitness(inner: typeof fetch): Witness {
  const asked = new Map<string, number>()
  const told = new Set<string>()
  const listeners = new Set<(given: TypingGiven) => void>()

  const count = (kind: string) => void asked.set(kind, (asked.get(kind) ?? 0) + 1)
  function read(text: string) {
    for (const [, id] of text.matchAll(CONVERSATION)) told.add(id!)
  }
  function hear(frame: string) {
    const [, conversationId, actorId, ttlMs] = TYPING.exec(frame) ?? []
    if (!conversationId || !actorId) return
    const given = { conversationId, actorId, ttlMs: Math.min(Number(ttlMs), MAX_TYPING_TTL_MS) }
    listeners.forEach((listener) => listener(given))
  }

  class HeardSocket extends NodeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      count(DIAL)
      this.on('message', (data) => read(textOf(data as ArrayBuffer)))
    }
  }
  // a socket that its client has left, or whose page is gone, may go on for a while: only what is listened to was heard
  Object.defineProperty(HeardSocket.prototype, 'onmessage', {
    get: onmessage.get!,
    set(listener: ((event: MessageEvent<ArrayBuffer>) => void) | null) {
      onmessage.set!.call(this, listener && ((event) => (hear(textOf(event.data)), listener(event))))
    },
  })
  return {
    asked,
    told,
    WebSocket: HeardSocket as unknown as typeof WebSocket,
    async fetch(input, init) {
      count(`${init?.method ?? 'GET'} ${new URL(String(input)).pathname.replace(ID, ':id')}`)
      const answer = await inner(input, init)
      const text = async () => {
        const content = await answer.text()
        read(content)
        return content
      }
      return { ok: answer.ok, status: answer.status, headers: answer.headers, text } as Response
    },
    onTyping(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
