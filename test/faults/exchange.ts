import { type Agent, type IncomingMessage, request as ask, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Exchange } from './http-faults.js'
import { wholeOf } from './whole-body.js'

const PAUSE_MS = 2_000
const SLICE_BYTES = 7
/** Enough to split every header and word; a long page as a whole takes too long. */
const MAX_SLICES = 40

/** A request that was read to its end, and all that can be done with it. */
export async function exchangeOf(
  request: IncomingMessage,
  response: ServerResponse,
  options: { upstream: () => string; agent: Agent; random: () => number },
): Promise<Exchange> {
  const body = await wholeOf(request)
  const isWait = request.url === '/v1/sync'
  const head = ({ status, headers }: Answer) => {
    const { 'transfer-encoding': _, connection: __, 'content-length': ___, ...kept } = headers
    response.writeHead(status, kept)
  }

  return {
    async forward({ sliced = false } = {}) {
      const onward = ask(options.upstream() + request.url, {
        method: request.method,
        agent: options.agent,
        // addresses by person, so that the rates of one address are not shared by all
        headers: { ...request.headers, 'x-forwarded-for': addressOf(request.headers.authorization, options.random) },
      })
      // whoever waits for news and goes away is not waited for; a write goes through
      if (isWait) response.once('close', () => onward.destroy())
      const answered = new Promise<IncomingMessage>((resolve, reject) => {
        onward.once('response', resolve).once('error', reject)
      })
      // looked at below; while slices are written nobody looks
      answered.catch(() => {})
      if (sliced) for (const slice of slicesOf(body)) await new Promise((done) => onward.write(slice, done))
      onward.end(sliced ? undefined : body)
      const answer = await answered
      return { status: answer.statusCode!, headers: answer.headers, body: await wholeOf(answer) }
    },
    answer(answer) {
      head(answer)
      response.end(answer.body)
    },
    async answerSliced(answer) {
      head(answer)
      for (const slice of slicesOf(answer.body)) {
        if (response.destroyed) return
        await new Promise((done) => response.write(slice, done))
      }
      response.end()
    },
    answerHalf(answer) {
      response.writeHead(answer.status, {
        'content-type': answer.headers['content-type'] ?? '',
        'content-length': answer.body.length + 1,
      })
      response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy())
    },
    reset: () => void request.socket.resetAndDestroy(),
    cut: () => void request.socket.end(),
    pause: () => sleep(options.random() * PAUSE_MS),
  }
}

function slicesOf(body: Buffer): Buffer[] {
  const slices: Buffer[] = []
  let at = 0
  while (at < body.length && slices.length < MAX_SLICES) slices.push(body.subarray(at, (at += SLICE_BYTES)))
  if (at < body.length) slices.push(body.subarray(at))
  return slices
}

function addressOf(token: string | undefined, random: () => number): string {
  let number = Math.floor(random() * 2 ** 24)
  if (token) number = [...token.slice(-12)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2 ** 24, 7)
  return `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`
}
