import { answerParent } from './child.js'
import { type Latency, latencyOf } from './percentiles.js'
import { bodyOf, type Heard, type Target } from './target.js'

export interface LoadRequest {
  conversations: number
  perSecond: number
  seconds: number
}
export interface LoadResult {
  sent: number
  /** Sent and answered, or arrived, within the patience after the last one. */
  acknowledged: number
  arrived: number
  failed: number
  firstFailure: string | undefined
  ack: Latency
  peer: Latency
  /** How much later than intended this process wrote them: part of the latencies above. */
  lag: Latency
  /** Acknowledged per second, from the first intended to the last acknowledged. */
  throughput: number
}

const PATIENCE_MS = 4_000
/** Between the messages that were sent and the last frame about them. */
const LOOK_MS = 10

let lastNumber = 0
let ackAt: Float64Array = new Float64Array(0)
let peerAt: Float64Array = new Float64Array(0)
let base = 0
let missing = 0
let failures: string[] = []

const heard: Heard = {
  acknowledged(number) {
    const at = number - base
    if (at < 0 || ackAt[at] !== 0) return
    ackAt[at] = performance.now()
    missing--
  },
  arrived(number) {
    const at = number - base
    if (at < 0 || peerAt[at] !== 0) return
    peerAt[at] = performance.now()
    missing--
  },
  failed(_number, why) {
    failures.push(why)
    missing -= 2
  },
}

/** Moments of a Poisson process, in milliseconds from its start: users do not wait for each other. */
function poisson(perSecond: number, seconds: number): Float64Array {
  const moments: number[] = []
  for (let at = 0; at < seconds * 1_000; at += -Math.log(1 - Math.random()) * (1_000 / perSecond)) moments.push(at)
  return Float64Array.from(moments)
}

const tick = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function run(target: Target, { conversations, perSecond, seconds }: LoadRequest): Promise<LoadResult> {
  const moments = poisson(perSecond, seconds)
  const count = moments.length
  // parity of a number says who writes: even ones are the visitor's
  base = lastNumber += lastNumber % 2
  lastNumber += count
  ackAt = new Float64Array(count)
  peerAt = new Float64Array(count)
  const sentAt = new Float64Array(count)
  missing = count * 2
  failures = []

  const startedAt = performance.now() + LOOK_MS
  for (let next = 0; next < count;) {
    const now = performance.now()
    for (; next < count && startedAt + moments[next]! <= now; next++) {
      const number = base + next
      const side = (number % 2) as 0 | 1
      sentAt[next] = performance.now()
      target.send({ number, side, body: bodyOf(number), conversation: Math.floor(Math.random() * conversations) })
    }
    if (next < count) await tick(1)
  }
  const patientUntil = performance.now() + PATIENCE_MS
  while (missing > 0 && performance.now() < patientUntil) await tick(LOOK_MS)

  const since = (at: Float64Array) =>
    Array.from(at, (time, index) => (time === 0 ? NaN : time - startedAt - moments[index]!)).filter((ms) => ms === ms)
  const [ack, peer] = [since(ackAt), since(peerAt)]
  return {
    sent: count,
    acknowledged: ack.length,
    arrived: peer.length,
    failed: failures.length,
    firstFailure: failures[0],
    ack: latencyOf(ack),
    peer: latencyOf(peer),
    lag: latencyOf(since(sentAt)),
    throughput: Math.round(ack.length / ((ackAt.reduce((a, b) => Math.max(a, b), 0) - startedAt) / 1_000)),
  }
}

const makers: Record<string, (port: number) => Promise<Target>> = {
  ws: async (port) => (await import('./ws-target.js')).wsTarget(port, heard),
  'socket.io': async (port) => (await import('./socket-io-target.js')).socketIoTarget(port, heard),
  parley: async (port) => (await import('./parley-target.js')).parleyTarget(port, heard),
}
let target: Target

answerParent({
  async open({ kind, port, conversations }: { kind: string; port: number; conversations: number }) {
    target ??= await makers[kind]!(port)
    await target.open(conversations)
  },
  renew: () => target.renew?.(),
  run: (request: LoadRequest) => run(target, request),
})
