import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { bridge } from './bridge.js'
import { type Dice, noFaults } from './dice.js'
import { exchangeOf } from './exchange.js'
import type { FaultKind, Tally } from './fault-kinds.js'
import { spoil } from './http-faults.js'

/** Stands between clients and servers and does to requests, sockets and frames what the dice say. */
export interface FaultProxy {
  url: string
  /** What was done since it was last taken. */
  takeTally(): Tally
  /** From now on these dice are thrown; `noFaults` heals. What hangs already goes on hanging. */
  use(dice: Dice): void
  /** Refuses everybody and ends what is open, until the returned undo. */
  cutOff(): () => void
  /** Calls back once, instead of giving the answer, when the next message was stored; not after the undo. */
  onNextCommit(work: () => void): () => void
  /** Every request without an answer, with its age. */
  underWay(): string[]
  close(): Promise<void>
}

export async function faultProxy(options: { upstreams: readonly string[]; random: () => number }): Promise<FaultProxy> {
  const { random } = options
  const agent = new Agent({ keepAlive: true })
  const sockets = new Set<Socket>()
  const answerer = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  let dice = noFaults
  let tally: Tally = {}
  let isDown = false
  let onCommit: (() => void) | null = null
  const underWay = new Map<ServerResponse, () => string>()
  const upstream = () => options.upstreams[Math.floor(random() * options.upstreams.length)]!
  function noted<K extends FaultKind>(kind: K | null): K | null {
    if (kind) tally[kind] = (tally[kind] ?? 0) + 1
    return kind
  }

  async function pass(request: IncomingMessage, response: ServerResponse) {
    const exchange = await exchangeOf(request, response, { upstream, agent, random })
    try {
      const isMessage = request.method === 'POST' && request.url!.endsWith('/messages')
      const fault = onCommit && isMessage ? null : noted(dice.request())
      if (fault) return await spoil[fault](exchange)
      const answer = await exchange.forward()
      if (!onCommit || !isMessage || answer.status !== 201) return exchange.answer(answer)
      const work = onCommit
      onCommit = null
      work()
      exchange.reset()
    } catch {
      // the server went away under it, and so does the connection
      exchange.reset()
    }
  }

  const server = createServer((request, response) => {
    const askedAt = performance.now()
    underWay.set(response, () => `${request.method} ${request.url} for ${seconds(askedAt)} s`)
    response.on('error', () => {}).on('close', () => underWay.delete(response))
    void pass(request, response).catch(() => request.socket.destroy())
  })
  server.on('connection', (socket) => {
    if (isDown) return void socket.resetAndDestroy()
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (request, socket, head) => {
    const fault = noted(dice.upgrade())
    if (fault === 'upgrade swallowed') return
    if (fault === 'upgrade refused')
      return void socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    answerer.handleUpgrade(request, socket, head, (client) => {
      const onward = new WebSocket(upstream().replace('http', 'ws') + request.url, { perMessageDeflate: false })
      bridge(client, onward, { choose: () => noted(dice.frame()), random, wire: socket })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const endAll = () => sockets.forEach((socket) => socket.resetAndDestroy())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeTally() {
      const taken = tally
      tally = {}
      return taken
    },
    use(next) {
      dice = next
    },
    cutOff() {
      isDown = true
      endAll()
      return () => (isDown = false)
    },
    onNextCommit(work) {
      onCommit = work
      return () => {
        if (onCommit === work) onCommit = null
      }
    },
    underWay: () => [...underWay.values()].map((describe) => describe()),
    async close() {
      const closed = once(server, 'close')
      server.close()
      endAll()
      agent.destroy()
      await closed
    },
  }
}

const seconds = (since: number) => ((performance.now() - since) / 1_000).toFixed()
