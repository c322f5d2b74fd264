import type { SyncRequest } from '../../../sdk/protocol/index.js'
import { type Asker, modelServer, type ModelServer } from './model-server.js'
import type { VirtualTime } from './virtual-time.js'

const LONGEST_MS = 300
const POLL_STEP_MS = 500

/** How likely each thing goes wrong, from 0 to 1. */
export interface Trouble {
  requestLost: number
  answerLost: number
  requestTwice: number
  refused: number
  frameLost: number
  frameTwice: number
}

export const calm: Trouble = {
  requestLost: 0,
  answerLost: 0,
  requestTwice: 0,
  refused: 0,
  frameLost: 0,
  frameTwice: 0,
}

/** A network with one model server at its end. Frames that are delayed differently overtake each other. */
export interface ModelNetwork {
  server: ModelServer
  trouble: Trouble
  /** Nothing gets through in either direction; requests fail, sockets hang. */
  isDown: boolean
  /** Ends every socket, as a server that is restarted does. */
  dropSockets(code: number): void
  fetchOf(asker: Asker): typeof fetch
  WebSocket: typeof WebSocket
}

export function modelNetwork(time: VirtualTime, random: () => number): ModelNetwork {
  const sockets = new Set<ModelSocket>()
  const happens = (odds: number) => random() < odds
  const latency = () => 1 + random() * LONGEST_MS

  function publish(topic: string, event: string, payload: unknown) {
    for (const socket of sockets)
      if (socket.topics.has(topic))
        socket.tell([null, null, `realtime:${topic}`, 'broadcast', { type: 'broadcast', event, payload, meta: {} }])
  }
  const server = modelServer(publish)

  /** The part of a browser's socket that the realtime client uses. */
  class ModelSocket extends EventTarget {
    readonly topics = new Set<string>()
    readonly url: string
    binaryType = 'blob'
    readyState = 0
    onopen: ((event: Event) => void) | null = null
    onmessage: ((event: MessageEvent) => void) | null = null
    onclose: ((event: CloseEvent) => void) | null = null
    onerror: ((event: Event) => void) | null = null

    constructor(url: string | URL) {
      super()
      this.url = String(url)
      time.after(latency(), () => {
        if (network.isDown || happens(network.trouble.requestLost)) return this.end(1006)
        this.readyState = 1
        sockets.add(this)
        this.onopen?.(new Event('open'))
      })
    }
    /** Frames to the server keep their order. */
    send(text: string) {
      if (network.isDown || happens(network.trouble.frameLost)) return
      const [joinRef, ref, topic, event] = JSON.parse(text) as string[]
      const name = topic!.replace('realtime:', '')
      if (event === 'phx_join') this.topics.add(name)
      if (event === 'phx_leave') this.topics.delete(name)
      this.tell([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: {} }])
      if (event === 'phx_join')
        this.tell([joinRef, null, topic, 'system', { status: 'ok', message: 'Replication connection established' }])
    }
    tell(frame: unknown[]) {
      const copies = happens(network.trouble.frameLost) ? 0 : happens(network.trouble.frameTwice) ? 2 : 1
      for (let copy = 0; copy < copies; copy++)
        time.after(latency(), () => {
          if (!network.isDown && this.readyState === 1)
            this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(frame) }))
        })
    }
    close(code = 1000) {
      if (this.readyState < 2) time.after(1, () => this.end(code))
      this.readyState = Math.max(this.readyState, 2)
    }
    end(code: number) {
      if (this.readyState === 3) return
      this.readyState = 3
      sockets.delete(this)
      const event = Object.assign(new Event('close'), { code, reason: '', wasClean: code !== 1006 }) as CloseEvent
      this.onclose?.(event)
      this.dispatchEvent(event)
    }
  }

  const network: ModelNetwork = {
    server,
    trouble: calm,
    isDown: false,
    dropSockets: (code) => [...sockets].forEach((socket) => socket.end(code)),
    WebSocket: ModelSocket as unknown as typeof WebSocket,
    fetchOf: (asker) => (input, init) =>
      new Promise((resolve, reject) => {
        const fail = () => reject(new TypeError('fetch failed'))
        init!.signal!.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
        const url = new URL(String(input))
        const body: unknown = init!.body ? JSON.parse(String(init!.body)) : undefined
        const handle = () => server.handle(asker, init!.method!, url, body)
        function give(answer: unknown) {
          if (network.isDown || happens(network.trouble.answerLost)) return fail()
          resolve(responseOf(answer === undefined ? 404 : 200, answer))
        }
        /** A long poll looks now and then, until its time is over or its caller has gone. */
        function wait(leftMs: number) {
          if (leftMs <= 0 || server.hasNews(body as SyncRequest))
            return void time.after(latency(), () => give(handle()))
          if (!init!.signal!.aborted) time.after(POLL_STEP_MS, () => wait(leftMs - POLL_STEP_MS))
        }
        time.after(latency(), () => {
          if (network.isDown || happens(network.trouble.requestLost)) return fail()
          if (happens(network.trouble.refused)) return resolve(responseOf(503, { code: 'unavailable' }))
          const waitMs = (body as SyncRequest | undefined)?.waitMs
          if (waitMs) return wait(waitMs)
          const answer = handle()
          if (happens(network.trouble.requestTwice)) time.after(latency(), handle)
          time.after(latency(), () => give(answer))
        })
      }),
  }
  return network
}

/** What the SDK reads of a response; the real class takes turns of its own, which no seed decides. */
function responseOf(status: number, body: unknown): Response {
  const text = JSON.stringify(body) ?? ''
  return { status, ok: status < 400, headers: new Headers(), text: async () => text } as Response
}
