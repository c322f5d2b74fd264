import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import type * as built from '../../backend/index.js'
import type { Rates } from '../../backend/http/buckets.js'
import { openLog } from '../../backend/log.js'
import { answerParent } from './child.js'

/** The built backend, as `npm start` runs it; only its rate limits are lifted. */
const address = new URL('../../dist/node/backend/index.js', import.meta.url).href
const { createBackend } = (await import(address)) as typeof built

const unlimited: Rates = {
  session: {},
  refresh: {},
  badge: {},
  signIn: {},
  read: {},
  write: {},
  sync: {},
  presence: {},
  export: {},
}

const backend = await createBackend({
  secret: 'a secret of the benchmark, 32 characters or more',
  databaseUrl: process.env['BENCH_DATABASE_URL'] || undefined,
  dataDir: process.env['BENCH_DATA_DIR'],
  administrator: { email: 'owner@example.com', password: 'correct horse battery' },
  log: openLog(process.env['BENCH_LOG'] ?? '/dev/null'),
  rates: unlimited,
})
const server = createServer(backend.listener)
backend.attach(server)
const sockets = new Set<Duplex>()
server.on('upgrade', (_request, socket) => {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

answerParent(
  {
    port: () => (server.address() as AddressInfo).port,
    sockets: () => sockets.size,
    dropSockets: () => [...sockets].map((socket) => socket.destroy()).length,
  },
  () => backend.close(),
)
