import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { FrameFault } from './fault-kinds.js'

const DELAY_MS = 500
const SWAP_PATIENCE_MS = 300
const LATER_MS = 2_000
const DRAIN_CODE = 1012

interface Frame {
  data: Buffer
  binary: boolean
}

/** Carries frames between a client and the server; each may meet a fault on the way. */
export function bridge(
  client: WebSocket,
  server: WebSocket,
  options: { choose: () => FrameFault | null; random: () => number; wire: Duplex },
): void {
  const sides = { client, server }
  let isHalfOpen = false
  const deaf = { client: false, server: false }
  const send = (to: keyof typeof sides, { data, binary }: Frame) => {
    if (!isHalfOpen && !deaf[to] && sides[to].readyState === WebSocket.OPEN) sides[to].send(data, { binary })
  }

  function lane(to: keyof typeof sides): (frame: Frame) => void {
    const opened = to === 'server' && server.readyState === WebSocket.CONNECTING
    let last: Promise<unknown> = opened ? new Promise((resolve) => server.once('open', resolve)) : Promise.resolve()
    let held: Frame | null = null
    const release = () => {
      const frame = held
      held = null
      if (frame) send(to, frame)
    }
    const whole = (frame: Frame) => {
      send(to, frame)
      release()
    }
    const later = (work: () => void) => void sleep(options.random() * LATER_MS, undefined, { ref: false }).then(work)

    const carry: Record<FrameFault, (frame: Frame) => unknown> = {
      'frame dropped': () => {},
      'frame twice': (frame) => {
        whole(frame)
        send(to, frame)
      },
      'frames swapped': (frame) => {
        release()
        held = frame
        void sleep(SWAP_PATIENCE_MS, undefined, { ref: false }).then(() => held === frame && release())
      },
      'frame delayed': async (frame) => {
        await sleep(options.random() * DELAY_MS)
        whole(frame)
      },
      'frame again later': (frame) => {
        whole(frame)
        later(() => send(to, frame))
      },
      'frame sliced': ({ data, binary }) => {
        if (isHalfOpen || deaf[to] || sides[to].readyState !== WebSocket.OPEN) return
        const middle = Math.floor(data.length / 2)
        sides[to].send(data.subarray(0, middle), { binary, fin: false })
        sides[to].send(data.subarray(middle), { binary, fin: true })
      },
      'socket reset': () => {
        if ('resetAndDestroy' in options.wire) (options.wire.resetAndDestroy as () => void)()
        else options.wire.destroy()
      },
      'socket closed': () => client.close(1001),
      'socket drained': () => client.close(DRAIN_CODE),
      'socket half-open': () => (isHalfOpen = true),
      'socket deaf': () => (deaf.client = true),
    }
    return (frame) => {
      last = last.then(() => {
        const fault = options.choose()
        return fault ? carry[fault](frame) : whole(frame)
      })
    }
  }

  const down = lane('client')
  const up = lane('server')
  server.on('message', (data, binary) => down({ data: data as Buffer, binary }))
  client.on('message', (data, binary) => up({ data: data as Buffer, binary }))
  // a half-open connection is one of which the other end hears nothing more, not even its end
  server.on('close', (code, reason) => !isHalfOpen && closeWith(client, code, reason))
  client.on('close', () => server.terminate())
  server.on('error', () => !isHalfOpen && client.terminate())
  client.on('error', () => server.terminate())
}

function closeWith(socket: WebSocket, code: number, reason: Buffer): void {
  const isSayable = code >= 1000 && code < 5000 && ![1004, 1005, 1006, 1015].includes(code)
  if (isSayable) socket.close(code, reason)
  else socket.terminate()
}
