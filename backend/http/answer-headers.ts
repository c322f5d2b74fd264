import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { REQUEST_ID_HEADER } from '../../sdk/protocol/index.js'
import type { AppEnv } from './app-env.js'

type Headers = Record<string, string>

/** An answer in one piece. */
export interface Answered {
  status: ContentfulStatusCode
  headers?: Headers
  text: string
}

/** Which headers of an answer pages of other origins may read. */
export const EXPOSED_HEADERS = [REQUEST_ID_HEADER, 'retry-after', 'idempotent-replayed']
const API_PATHS = /^\/v1\//
/** What a cookie may open is for our own pages. */
export const OWN_PATHS = /^\/v1\/(auth|agent)\//

/** Nothing of ours is sniffed or framed. */
const ofAny: Headers = { 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' }
/** What only pages heed, and JSON goes without (OWASP, REST Security Cheat Sheet). */
const ofPages: Headers = {
  ...ofAny,
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}
const ofAnyOrigin: Headers = {
  ...ofAny,
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED_HEADERS.join(','),
}
/** What is for one person is kept by nobody on the way, unless its route says otherwise. */
const UNKEPT = 'no-store'
const ofAnswer: Headers = {
  ...ofAnyOrigin,
  'cache-control': UNKEPT,
  'content-type': 'application/json',
  [REQUEST_ID_HEADER]: '',
}

const complete = new WeakSet<Response>()

/** All headers of a JSON answer in one object, for what is asked all the time: setting each was an eighth of a request. */
export function answerHeaders(requestId: string, headers?: Headers): Headers {
  const all = { ...ofAnswer }
  all[REQUEST_ID_HEADER] = requestId
  return Object.assign(all, headers)
}

export function answer(c: { get(name: 'requestId'): string }, { status, headers, text }: Answered): Response {
  const response = new Response(text, { status, headers: answerHeaders(c.get('requestId'), headers) })
  complete.add(response)
  return response
}

/**
 * Gives an answer the headers that any has. Not by `c.header`: on an answer it makes a stream of the body, and so does
 * touching `c.res` before there is one.
 */
export function completeHeaders(c: Context<AppEnv>): void {
  if (complete.has(c.res)) return
  const { path } = c.req
  const { headers } = c.res
  const isApi = API_PATHS.test(path)
  const all = !isApi ? ofPages : OWN_PATHS.test(path) ? ofAny : ofAnyOrigin
  for (const [name, value] of Object.entries(all)) headers.set(name, value)
  if (isApi && !headers.has('cache-control')) headers.set('cache-control', UNKEPT)
  headers.set(REQUEST_ID_HEADER, c.get('requestId'))
}
