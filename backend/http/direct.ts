import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { REQUEST_ID_HEADER } from '../../sdk/protocol/index.js'
import { type Answered, answerHeaders } from './answer-headers.js'
import type { AppEnv } from './app-env.js'
import type { Header } from './caller.js'
import { problemOf } from './errors.js'
import { requestIdOf } from './request-id.js'

/** A request whose body was read in one piece. */
export interface Asked extends Pick<AppEnv['Variables'], 'requestId' | 'address'> {
  header: Header
  /** The parameter of the path. */
  param: string
  body: string
}

/** A route of the app that is asked all the time, answered without the app. */
interface DirectRoute {
  method: string
  /** With one parameter, as the app has it. */
  path: string
  /** The app's route answers the same by the same function. */
  answer(asked: Asked): Promise<Answered>
}

/** One answer, for metrics and log. */
export interface Seen {
  requestId: string
  method: string
  route: string
  status: number
  ms: number
}

/**
 * Answers one route on Node's own request and answer, and leaves the rest to the app: its steps and the web's `Request` and
 * `Response`, read by promises, are 7 to 23 % of what a send costs the server. What is unusual about a request, like a
 * body that does not tell its length, is the app's, too.
 */
export function directListener(options: {
  route: DirectRoute
  maxBodyBytes: number
  addressOf: (incoming: IncomingMessage, header: Header) => string
  observe: (seen: Seen) => void
  log: Logger
  app: RequestListener
}): RequestListener {
  const { route, log } = options
  const path = new RegExp(`^${route.path.replace(/:\w+/, '([\\w-]+)')}$`)

  const isUsual = ({ method, headers }: IncomingMessage) =>
    method === route.method &&
    headers['transfer-encoding'] === undefined &&
    Number(headers['content-length']) <= options.maxBodyBytes

  async function answer(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    param: string,
    body: string,
    startedAt: number,
  ) {
    const header: Header = (name) => incoming.headers[name] as string | undefined
    const requestId = requestIdOf(header(REQUEST_ID_HEADER))
    const asked = { header, requestId, address: options.addressOf(incoming, header), param, body }
    const { status, headers, text } = await route.answer(asked).catch((error) => problemOf(error, requestId, log))
    outgoing.writeHead(
      status,
      answerHeaders(requestId, { ...headers, 'content-length': String(Buffer.byteLength(text)) }),
    )
    outgoing.end(text)
    const { method, path } = route
    options.observe({ requestId, method, route: path, status, ms: performance.now() - startedAt })
  }

  return (incoming, outgoing) => {
    const param = isUsual(incoming) ? path.exec(incoming.url!)?.[1] : undefined
    if (param === undefined) return options.app(incoming, outgoing)
    const startedAt = performance.now()
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    // of a request that was broken off there is no end
    incoming.on('end', () => void answer(incoming, outgoing, param, Buffer.concat(parts).toString('utf8'), startedAt))
  }
}
