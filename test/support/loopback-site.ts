import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

export interface Site {
  origin: string
  /** Ends what is still open, too. */
  close(): Promise<void>
}

/** A server on a free port of this machine. */
export async function loopbackSite(answer: RequestListener): Promise<Site> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
