import type { IncomingHttpHeaders } from 'node:http'
import type { RequestFault } from './fault-kinds.js'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** One request on its way through the proxy. */
export interface Exchange {
  /** Hands it to the server and resolves with the whole answer. */
  forward(options?: { sliced?: boolean }): Promise<Answer>
  answer(answer: Answer): void
  /** Gives the answer in pieces of a few bytes. */
  answerSliced(answer: Answer): Promise<void>
  /** Gives half of the answer, then cuts. */
  answerHalf(answer: Answer): void
  /** Ends the connection as a crash does. */
  reset(): void
  /** Ends the connection as a server does that has nothing to say. */
  cut(): void
  /** Waits for up to two seconds. */
  pause(): Promise<void>
}

const refusal = (status: number, code: string, headers: IncomingHttpHeaders = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: Buffer.from(JSON.stringify({ status, code, detail: `unable to do this; the fault lab says ${code}` })),
})
const page = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from('<!doctype html><title>Not what you asked for</title>'),
})

export const spoil: Record<RequestFault, (exchange: Exchange) => Promise<void>> = {
  'request reset': async (exchange) => exchange.reset(),
  'request cut': async (exchange) => exchange.cut(),
  'request swallowed': async () => {},
  'request delayed': async (exchange) => {
    await exchange.pause()
    exchange.answer(await exchange.forward())
  },
  'request twice': async (exchange) => {
    const [one] = await Promise.all([exchange.forward(), exchange.forward()])
    exchange.answer(one)
  },
  'request again later': async (exchange) => {
    exchange.answer(await exchange.forward())
    await exchange.pause()
    await exchange.forward()
  },
  'request sliced': async (exchange) => exchange.answer(await exchange.forward({ sliced: true })),
  'answer lost after commit': async (exchange) => {
    await exchange.forward()
    exchange.reset()
  },
  'answer held after commit': async (exchange) => void (await exchange.forward()),
  'answer truncated': async (exchange) => exchange.answerHalf(await exchange.forward()),
  'answer delayed': async (exchange) => {
    const answer = await exchange.forward()
    await exchange.pause()
    exchange.answer(answer)
  },
  'answer sliced': async (exchange) => exchange.answerSliced(await exchange.forward()),
  'answer 401': async (exchange) => exchange.answer(refusal(401, 'token_expired')),
  'answer 429': async (exchange) => exchange.answer(refusal(429, 'rate_limited', { 'retry-after': '1' })),
  'answer 503': async (exchange) => exchange.answer(refusal(503, 'unavailable')),
  'answer 500 after commit': async (exchange) => {
    await exchange.forward()
    exchange.answer(refusal(500, 'internal'))
  },
  'answer 502 page after commit': async (exchange) => {
    await exchange.forward()
    exchange.answer(page(502))
  },
  'answer of a captive portal': async (exchange) => exchange.answer(page(200)),
}
