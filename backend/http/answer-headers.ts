import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { REQUEST_ID_HEADER } from '../../sdk/protocol/index.js'
import type { AppEnv } from './app-env.js'

type Headers = Record<string, string>

/** Which headers of an answer pages of other origins may read. */
export const EXPOSED_HEADERS = [REQUEST_ID_HEADER, 'retry-after', 'idempotent-replayed']
const API_PATHS = /^\/v1\//
/** What a cookie may open is for our own pages. */
export const OWN_PATHS = /^\/v1\/(auth|agent)\//

/** Nothing of ours is sniffed, framed or told to others. */
const ofAny: Headers = {
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}
const ofAnyOrigin: Headers = {
  ...ofAny,
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED_HEADERS.join(','),
}
/** What is for one person is kept by nobody on the way, unless its route says otherwise. */
const ofApi: Headers = { 'cache-control': 'no-store' }

const ofAnswer: Headers = {
  ...ofAnyOrigin,
  ...ofApi,
  'content-type': 'application/json',
  [REQUEST_ID_HEADER]: '',
}

const complete = new WeakSet<Response>()

/** A JSON answer with all its headers at once, for what is asked all the time: setting each was an eighth of a request. */
export function answer(
  c: { get(name: 'requestId'): string },
  json: string,
  status: ContentfulStatusCode,
  headers?: Headers,
): Response {
  const all = { ...ofAnswer }
  all[REQUEST_ID_HEADER] = c.get('requestId')
  const response = new Response(json, { status, headers: Object.assign(all, headers) })
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
  for (const [name, value] of Object.entries(isApi && !OWN_PATHS.test(path) ? ofAnyOrigin : ofAny))
    headers.set(name, value)
  if (isApi) for (const [name, value] of Object.entries(ofApi)) if (!headers.has(name)) headers.set(name, value)
  headers.set(REQUEST_ID_HEADER, c.get('requestId'))
}
