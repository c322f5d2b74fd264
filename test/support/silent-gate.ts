import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands before a database. While it is silent its connections stay open and nothing passes, either way. */
export async function silentGate(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let isSilent = false
  let passed = 0
  const gate = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => (sockets.delete(socket), other.destroy()))
      socket.on('data', () => passed++).pipe(other)
      if (isSilent) socket.pause()
    }
  }).listen(0, '127.0.0.1')
  await once(gate, 'listening')
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((gate.address() as AddressInfo).port)
  return {
    url: url.href,
    /** What is open goes silent for ever; what is opened later does until `speak`. */
    silence() {
      isSilent = true
      for (const socket of sockets) socket.unpipe().pause()
    },
    /** How often something passed. */
    passed: () => passed,
    speak: () => void (isSilent = false),
    close() {
      gate.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
