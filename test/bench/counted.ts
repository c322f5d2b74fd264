import { WebSocket as NodeSocket } from 'ws'

/** What clients asked, said and heard; a tally by name each. */
export interface Tally {
  /** By method and path, ids left out. */
  requests: Record<string, number>
  /** Broadcasts that reached a client, by kind of topic. */
  heard: Record<string, number>
  /** Broadcasts that clients sent, by kind of topic. */
  said: Record<string, number>
  bytesHeard: number
}

const emptyTally = (): Tally => ({ requests: {}, heard: {}, said: {}, bytesHeard: 0 })
const add = (counts: Record<string, number>, name: string) => void (counts[name] = (counts[name] ?? 0) + 1)

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/g
/** `conversation:<id>:live` is `live`, `inbox:<id>` is `inbox`. */
const kindOf = (topic: string) => topic.replace('realtime:', '').replace(ID, '').split(':').filter(Boolean).at(-1) ?? ''

/** Broadcasts, and only they, go as bytes: the length of the topic stands at one place, the topic at another. */
const topicOf = (bytes: Buffer, lengthAt: number, start: number) =>
  bytes.toString('utf8', start, start + bytes[lengthAt]!)

/** Surroundings for SDK clients that count what goes over the wire. */
export function counted() {
  let tally = emptyTally()

  class CountedSocket extends NodeSocket {
    constructor(url: string | URL) {
      super(url, { perMessageDeflate: false })
      this.on('message', (data: Buffer | ArrayBuffer, isBinary: boolean) => {
        tally.bytesHeard += data.byteLength
        if (isBinary) return add(tally.heard, kindOf(topicOf(Buffer.from(data as ArrayBuffer), 1, 5)))
        const [, , topic, event] = JSON.parse(data.toString()) as string[]
        if (event === 'broadcast') add(tally.heard, kindOf(topic!))
      })
    }
    override send(data: string | ArrayBuffer) {
      if (typeof data !== 'string') {
        const bytes = Buffer.from(data)
        add(tally.said, kindOf(topicOf(bytes, 3, 7 + bytes[1]! + bytes[2]!)))
      }
      super.send(data)
    }
  }

  return {
    surroundings: {
      WebSocket: CountedSocket as unknown as typeof WebSocket,
      fetch: ((input, init) => {
        const path = new URL(String(input)).pathname.replace(ID, ':id')
        add(tally.requests, `${init?.method ?? 'GET'} ${path}`)
        return fetch(input, init)
      }) as typeof fetch,
    },
    take(): Tally {
      const taken = tally
      tally = emptyTally()
      return taken
    },
  }
}
