import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Parts } from './channel.js'
import type { Version } from './wire.js'

const SOCKET_PATH = '/realtime/v1/websocket'

interface Refusal {
  status: number
  error: string
}
type OnSocket = (ws: WebSocket, socket: Duplex, version: Version, token: string) => void

/** Answers a handshake: a socket, or a refusal in the words of the real server. Nothing of the query is logged. */
export function createUpgrade(parts: Parts, whyNot: () => Refusal | null, onSocket: OnSocket) {
  const { frameBytes } = parts.limits
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: frameBytes })

  const shake = async (request: IncomingMessage, socket: Duplex, head: Buffer, refuse: (refusal: Refusal) => void) => {
    const { pathname, searchParams } = new URL(`ws://localhost${request.url}`)
    if (pathname !== SOCKET_PATH) return refuse({ status: 404, error: 'Not found' })
    const refusedNow = whyNot()
    if (refusedNow) return refuse(refusedNow)
    const version = searchParams.get('vsn') ?? '1.0.0'
    if (version !== '1.0.0' && version !== '2.0.0') return refuse({ status: 403, error: 'Unknown protocol version' })
    const token = request.headers['x-api-key'] ?? searchParams.get('apikey')
    if (typeof token !== 'string' || token === '') return refuse({ status: 401, error: 'API key is missing' })
    const { refusal } = await parts.verify(token)
    // here, unlike in a join, the real server leaves out since when
    if (refusal) return refuse({ status: 401, error: refusal.text.replace(/ \d+ seconds ago$/, '') })
    server.handleUpgrade(request, socket, head, (ws) => onSocket(ws, socket, version, token))
  }

  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // nobody else hears of a connection that is lost before `ws` takes over
    socket.on('error', () => socket.destroy())
    const refuse = ({ status, error }: Refusal) => {
      parts.log.debug({ status, error }, 'refused a socket')
      const body = JSON.stringify({ error })
      socket.end(
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json; charset=utf-8\r\n` +
          `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      )
    }
    shake(request, socket, head, refuse).catch((error: unknown) => {
      parts.log.error({ err: error }, 'unable to answer a handshake')
      socket.destroy()
    })
  }
}
