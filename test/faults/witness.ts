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

export function newWitness(inner: typeof fetch): Witness {
  const asked = new Map<string, number>()
  const told = new Set<string>()
  const listeners = new Set<(given: TypingGiven) => void>()

  const count = (kind: string) => void asked.set(kind, (asked.get(kind) ?? 0) + 1)
  function read(text: string) {
    for (const [, id] of text.matchAll(CONVERSATION)) told.add(id!)
  }
  function hear(frame: string) {
    read(frame)
    const [, conversationId, actorId, ttlMs] = TYPING.exec(frame) ?? []
    if (!conversationId || !actorId) return
    const given = { conversationId, actorId, ttlMs: Math.min(Number(ttlMs), MAX_TYPING_TTL_MS) }
    listeners.forEach((listener) => listener(given))
  }

  class HeardSocket extends NodeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      count(DIAL)
      this.on('message', (data) => hear(Buffer.from(data as ArrayBuffer).toString('latin1')))
    }
  }
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
