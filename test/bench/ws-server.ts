import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { answerParent } from './child.js'
import { openCommit } from './commit.js'

/** Bare `ws`: what a socket says goes to the other one of its conversation and is answered, after a commit or at once. */
const isDurable = process.env['BENCH_DURABLE'] === 'yes'
const store = isDurable
  ? await openCommit({
      databaseUrl: process.env['BENCH_DATABASE_URL'] || undefined,
      dataDir: process.env['BENCH_DATA_DIR'],
    })
  : undefined

const members = new Map<number, [WebSocket | undefined, WebSocket | undefined]>()
const http = createServer()
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
sockets.on('connection', (ws, request) => {
  const [, conversation, side] = request.url!.split('/').map(Number) as [number, number, 0 | 1]
  const both = members.get(conversation) ?? [undefined, undefined]
  both[side] = ws
  members.set(conversation, both)
  ws.on('message', (data: Buffer) => void pass(ws, conversation, side, data.toString('utf8')))
})

async function pass(ws: WebSocket, conversation: number, side: 0 | 1, body: string): Promise<void> {
  const seq = (await store?.commit({ conversation, body })) ?? 0
  const stored = JSON.stringify({ seq, body })
  ws.send(stored)
  members.get(conversation)?.[side === 0 ? 1 : 0]?.send(stored)
}

await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
answerParent(
  {
    port: () => (http.address() as AddressInfo).port,
    prepare: (conversations: number) => store?.prepare(conversations),
  },
  () => store?.close(),
)
