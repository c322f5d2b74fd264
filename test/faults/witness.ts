import { MAX_TYPING_TTL_MS, type Typing } from '../../sdk/protocol/index.js'
import { WebSocket as NodeSocket } from 'ws'

/** Kinds of question that the opening of a socket and the joining of a topic count as. */
const DIAL = 'dial'
const JOIN = 'join'

export type TypingGiven = Typing & { conversationId: string }

/** Stands between one client and the network: notes what it asks for and what it is given. */
export interface Witness {
  fetch: typeof fetch
  WebSocket: typeof WebSocket
  /** When each question so far was asked, by kind, e.g. `GET /v1/conversations/:id`. */
  asked: ReadonlyMap<string, readonly number[]>
  /** Every topic joined over its last socket is heard. */
  isHearing(): boolean
  /** Conversations of which anything was given to it, by socket or in an answer. */
  told: ReadonlySet<string>
  /** Calls back at each word of somebody who types that reaches the client, until the returned stop. */
  onTyping(listener: (given: TypingGiven) => void): () => void
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const ID = new RegExp(UUID, 'g')
/** What is said of a topic itself, by either side. */
const CONTROL = /^\[([^,]*),[^,]*,"realtime:([^"]+)","(phx_\w+|system)",(.*)/s
/** A topic, or a field. */
const CONVERSATION = new RegExp(`conversation(?:Id":"|:)(${UUID})`, 'g')
const TYPING = new RegExp(`conversation:(${UUID}):live.*"actorId":"(${UUID})","ttlMs":(\\d+)`, 's')

const onmessage = Object.getOwnPropertyDescriptor(NodeSocket.prototype, 'onmessage') as TypedPropertyDescriptor<
  ((event: MessageEvent<ArrayBuffer>) => void) | null
>
const textOf = (data: ArrayBuffer) => Buffer.from(data).toString('latin1')

interface Join {
  joinRef: string | undefined
  isHeard: boolean
}

export function newWitness(inner: typeof fetch): Witness {
  const asked = new Map<string, number[]>()
  const told = new Set<string>()
  const listeners = new Set<(given: TypingGiven) => void>()

  /** Of the last socket, by topic. */
  let joined = new Map<string, Join>()

  function note(kind: string) {
    const known = asked.get(kind)
    if (known) known.push(performance.now())
    else asked.set(kind, [performance.now()])
  }
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
    readonly #joins = (joined = new Map<string, Join>())

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      note(DIAL)
      this.on('message', (data) => {
        const frame = textOf(data as ArrayBuffer)
        read(frame)
        const [, joinRef, topic = '', event, payload = ''] = CONTROL.exec(frame) ?? []
        const join = this.#joins.get(topic)
        // an earlier join of the same topic may be closed after the answer to this one
        if (!join || join.joinRef !== joinRef) return
        if (event === 'system') join.isHeard = payload.includes('"status":"ok"')
        else if (event !== 'phx_reply') join.isHeard = false
        // one that was refused may be asked for again, which is noted then
        else if (payload.includes('"status":"error"')) this.#joins.delete(topic)
      })
    }
    override send(data: string | Uint8Array) {
      const [, joinRef, topic = '', event] = typeof data === 'string' ? (CONTROL.exec(data) ?? []) : []
      if (event === 'phx_join') {
        note(JOIN)
        this.#joins.set(topic, { joinRef, isHeard: false })
      } else if (event === 'phx_leave') this.#joins.delete(topic)
      super.send(data)
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
    isHearing: () => [...joined.values()].every((join) => join.isHeard),
    WebSocket: HeardSocket as unknown as typeof WebSocket,
    async fetch(input, init) {
      note(`${init?.method ?? 'GET'} ${new URL(String(input)).pathname.replace(ID, ':id')}`)
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
