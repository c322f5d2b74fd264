import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands before a database. While it is silent its connections stay open and nothing passes, either way; and it can lose an answer. */
export async function silentGate(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const silent = new Set<Socket>()
  let isSilent = false
  let passed = 0
  let losing: { word: string; isBroken: boolean } | null = null
  let lost = 0
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
    near.on('data', (asked: Buffer) => {
      if (!losing || !asked.includes(losing.word)) return
      const { isBroken } = losing
      losing = null
      far
        .unpipe()
        .once('data', () => (lost++, isBroken && far.destroy()))
        .resume()
    })
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
      for (const socket of sockets) {
        // read and thrown away: of one that is not read nobody hears that it was closed
        silent.add(socket.unpipe().resume())
        socket.once('close', () => silent.delete(socket))
      }
    },
    /** Resolves when the last one that went silent is closed. */
    async givenUp() {
      while (silent.size > 0) await sleep(50)
    },
    /** How often something passed. */
    passed: () => passed,
    /** The next connection that says this word breaks, or else goes silent, when its answer is there and before it is passed on. */
    loseAnswerTo: (word: string, isBroken: boolean) => void (losing = { word, isBroken }),
    /** How many answers were lost. */
    lost: () => lost,
    speak: () => void (isSilent = false),
    close() {
      gate.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
