import { setTimeout as sleep } from 'node:timers/promises'
import { RealtimeClient } from '@supabase/supabase-js'
import { WebSocket as NodeSocket } from 'ws'
import { createChat } from '../../sdk/index.js'
import { drainWindowMs, paths, topics, type VisitorSession } from '../../sdk/protocol/index.js'
import { leanFetch } from './lean-fetch.js'

/** How many gather at once. */
const GATHERING = 50

/** Clients of one policy, with the times of what they did by `performance.now()`. */
export interface Herd {
  dials: number[]
  syncs: number[]
  /** Since when each has news by socket; null while it has none. */
  since: (number | null)[]
  /** As the server told when it went away the last time; 0 where it did not. */
  windowMs(): number
  close(): Promise<void>
}

const leanly = leanFetch()
/** From an address of its own for each client, for the server counts by address. */
const fetchFrom =
  (at: number): typeof fetch =>
  (input, init) =>
    leanly(input, {
      ...init,
      headers: { ...(init?.headers as Record<string, string>), 'x-forwarded-for': addressOf(at) },
    })
const addressOf = (at: number) => `10.1.${at >> 8}.${at & 255}`

function countedSocket(dials: number[], closed: (reason: string) => void = () => {}): typeof WebSocket {
  class CountedSocket extends NodeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      dials.push(performance.now())
      this.on('close', (_, reason) => closed(reason.toString()))
    }
  }
  return CountedSocket as unknown as typeof WebSocket
}

async function gather(size: number, join: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const line = async () => {
    while (next < size) await join(next++)
  }
  await Promise.all(Array.from({ length: GATHERING }, line))
}

/** The SDK as it is, one visitor each. */
export async function parleyHerd(url: string, size: number, inboxKeyOf: (at: number) => string): Promise<Herd> {
  const [dials, syncs]: [number[], number[]] = [[], []]
  const since: Herd['since'] = Array(size).fill(null)
  let windowMs = 0
  const WebSocket = countedSocket(dials, (reason) => (windowMs = drainWindowMs(reason) ?? windowMs))
  const chats = Array.from({ length: size }, (_, at) => {
    const inner = fetchFrom(at)
    function fetch(...[input, init]: Parameters<typeof inner>): Promise<Response> {
      if (String(input).endsWith(paths.sync)) syncs.push(performance.now())
      return inner(input, init)
    }
    const chat = createChat({ url, inboxKey: inboxKeyOf(at), WebSocket, fetch, onWake: () => () => {} })
    chat.connection.subscribe(() => {
      const isLive = chat.connection.getSnapshot().phase === 'live'
      if (!isLive || since[at] === null) since[at] = isLive ? performance.now() : null
    })
    return chat
  })
  await gather(size, (at) => chats[at]!.connect())
  return {
    ...{ dials, syncs, since, windowMs: () => windowMs },
    close: async () => void (await Promise.all(chats.map((chat) => chat.close()))),
  }
}

/** The realtime client as it comes, on the topics that the SDK would join first. */
export async function plainHerd(url: string, size: number, inboxKeyOf: (at: number) => string): Promise<Herd> {
  const dials: number[] = []
  const since: Herd['since'] = Array(size).fill(null)
  const transport = countedSocket(dials)
  const clients: RealtimeClient[] = []
  await gather(size, async (at) => {
    const session = await sessionOf(url, inboxKeyOf(at), fetchFrom(at))
    const { realtime, accessToken, contact } = session
    const client = new RealtimeClient(realtime.url, {
      ...{ params: { apikey: realtime.apikey }, transport },
      accessToken: async () => accessToken,
    })
    clients.push(client)
    await client.setAuth()
    client
      .channel(topics.contact(contact.id), { config: { private: true } })
      .subscribe((status) => (since[at] = status === 'SUBSCRIBED' ? performance.now() : null))
  })
  return {
    ...{ dials, syncs: [], since, windowMs: () => 0 },
    close: async () => void (await Promise.all(clients.map((client) => client.disconnect()))),
  }
}

async function sessionOf(url: string, inboxKey: string, fetch: typeof globalThis.fetch): Promise<VisitorSession> {
  for (;;) {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ inboxKey })
    // connections that are kept alive end with their server
    const answer = await fetch(url + paths.visitorSessions, { method: 'POST', headers, body }).catch(() => null)
    if (answer?.ok) return JSON.parse(await answer.text()) as VisitorSession
    await sleep(1_000)
  }
}
