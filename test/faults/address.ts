import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** One address before several servers, as a site has it: when one goes away, another takes over at once. */
export interface Address {
  url: string
  /** New connections go here. */
  lead(url: string): void
  close(): Promise<void>
}

export async function oneAddress(first: string): Promise<Address> {
  let target = new URL(first)
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const onward = connect(Number(target.port), '127.0.0.1')
    for (const [one, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy()).on('close', () => open.delete(one) && other.destroy())
    }
  })
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 })
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lead(url) {
      target = new URL(url)
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      open.forEach((socket) => socket.destroy())
      await closed
    },
  }
}
