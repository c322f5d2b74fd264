import { connect, type Socket } from 'node:net'

interface Answer {
  status: number
  /** Decoded when asked for: a load that looks at the status alone is to cost little. */
  body(): string
}
interface Asked {
  text: string
  resolve: (answer: Answer) => void
  reject: (error: Error) => void
}

const MAX_CONNECTIONS = 256
const HEAD_END = '\r\n\r\n'

/**
 * Keep-alive connections as a proxy in front of the server holds them. Node's own client takes as much of the
 * machine as the server that is to be measured; this one writes a text and reads `content-length` bytes.
 */
export function createHttpPool(port: number) {
  const idle: { ask(asked: Asked): void }[] = []
  const waiting: Asked[] = []
  let open = 0

  function connection() {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let current: Asked | undefined
    let received: Buffer = Buffer.alloc(0)
    let isUsed = false
    const self = {
      ask(asked: Asked) {
        current = asked
        socket.write(asked.text)
      },
    }
    socket.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const answer = readAnswer(received)
      if (!answer) return
      received = Buffer.alloc(0)
      isUsed = true
      current?.resolve(answer)
      current = undefined
      const next = waiting.shift()
      if (next) self.ask(next)
      else idle.push(self)
    })
    let failure = new Error('the connection was closed')
    socket.on('error', (error) => (failure = error))
    socket.on('close', () => {
      open--
      const at = idle.indexOf(self)
      if (at >= 0) idle.splice(at, 1)
      if (!current) return
      // the server ended it for being idle just when it was asked: as clients do, the same once more
      if (isUsed && received.length === 0) ask(current)
      else current.reject(failure)
    })
    return self
  }

  function ask(asked: Asked): void {
    const free = idle.pop()
    if (free) return free.ask(asked)
    if (open >= MAX_CONNECTIONS) return void waiting.push(asked)
    open++
    connection().ask(asked)
  }

  return {
    request(method: string, path: string, body: string, token?: string): Promise<Answer> {
      const text =
        `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n` +
        (token ? `authorization: Bearer ${token}\r\n` : '') +
        `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}${HEAD_END}${body}`
      return new Promise((resolve, reject) => {
        ask({ text, resolve, reject })
      })
    },
  }
}

/** Undefined while some of it is still to come. */
function readAnswer(bytes: Buffer): Answer | undefined {
  const headEnd = bytes.indexOf(HEAD_END)
  if (headEnd < 0) return undefined
  const head = bytes.toString('latin1', 0, headEnd)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)
  if (!length) throw new Error(`an answer without its length:\n${head}`)
  const from = headEnd + HEAD_END.length
  if (bytes.length < from + Number(length[1])) return undefined
  return { status: Number(head.slice(9, 12)), body: () => bytes.toString('utf8', from) }
}
