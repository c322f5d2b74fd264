import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { answerParent } from './child.js'
import { openCommit } from './commit.js'

/** What many write first: socket.io with a room per conversation, an acknowledgement, and the same commit. */
const store = await openCommit({
  databaseUrl: process.env['BENCH_DATABASE_URL'] || undefined,
  dataDir: process.env['BENCH_DATA_DIR'],
})
const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false })
io.on('connection', (socket) => {
  const conversation = Number(socket.handshake.query['conversation'])
  const room = `conversation:${conversation}`
  void socket.join(room)
  socket.on('message', async (body: string, answer: (stored: object) => void) => {
    const stored = { seq: await store.commit({ conversation, body }), body }
    answer(stored)
    socket.to(room).emit('message', stored)
  })
})

await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
answerParent(
  {
    port: () => (http.address() as AddressInfo).port,
    prepare: (conversations: number) => store.prepare(conversations),
  },
  () => store.close(),
)
