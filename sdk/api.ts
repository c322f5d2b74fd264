import { childOf } from './child-of.js'
import type { Clock } from './clock.js'
import type { Surroundings } from './defaults.js'
import { ChatError, errors, type Problem, type ServerErrorCode } from './protocol/errors.js'
import { paths, REQUEST_ID_HEADER, type Routes } from './protocol/routes.js'

const TIMEOUT_MS = 10_000

interface Asked<K extends keyof Routes> {
  /** Fills the `:names` of the path. */
  names?: Record<string, string>
  query?: Record<string, string | number | undefined>
  body?: Routes[K]['body']
  signal?: AbortSignal
  /** Added to the time that every request has. */
  waitMs?: number
}

/** Every endpoint by its entry in `Routes`, as one person. */
export type Call = <K extends keyof Routes>(route: K, asked?: Asked<K>) => Promise<Routes[K]['answer']>
/** The same as whoever holds `token`, or as nobody. */
export type Send = <K extends keyof Routes>(route: K, asked?: Asked<K>, token?: string) => Promise<Routes[K]['answer']>

export interface Tokens {
  token(): Promise<string>
  /** A token other than the one that was refused. */
  renew(refused: string): Promise<string>
}

/** @throws {ChatError} of the server, or `network`, `timeout`, `aborted`. */
export function createSend(surroundings: Surroundings): Send {
  return async (route, { names = {}, query = {}, body, signal, waitMs = 0 } = {}, token) => {
    const [method, name] = route.split(' ') as [string, keyof typeof paths]
    const path = paths[name].replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(names[key] ?? ''))
    const search = Object.entries(query).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
    )
    const headers: Record<string, string> = {}
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (token) headers['authorization'] = `Bearer ${token}`
    return request(
      surroundings,
      surroundings.url + path + (search.length ? `?${search.join('&')}` : ''),
      { method, headers, body: body === undefined ? undefined : JSON.stringify(body) },
      { timeoutMs: TIMEOUT_MS + waitMs, signal },
    ).then((answer) => answer.json())
  }
}

/** The same endpoints with a token that is renewed once when the server refuses it. */
export function createCall(send: Send, tokens: Tokens): Call {
  return async (route, asked) => {
    // what was called off, as by signing out, takes no session of whoever comes next
    throwIfOver(asked?.signal)
    const token = await tokens.token()
    throwIfOver(asked?.signal)
    try {
      return await send(route, asked, token)
    } catch (error) {
      if (!(error instanceof ChatError && error.code.startsWith('token_'))) throw error
      return send(route, asked, await tokens.renew(token))
    }
  }
}

function throwIfOver(signal?: AbortSignal): void {
  if (signal?.aborted) throw new ChatError('aborted', 'unable to reach the server; it was called off')
}

/** One exchange, read to its end. */
export async function request(
  { fetch, clock }: { fetch: typeof globalThis.fetch; clock: Clock },
  url: string,
  init: RequestInit,
  { timeoutMs = TIMEOUT_MS, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<{ headers: Headers; json<T>(): T }> {
  const ended = childOf(signal)
  let isLate = false
  void clock.sleep(timeoutMs, ended.signal).then(() => {
    isLate = !ended.signal.aborted
    ended.abort()
  })
  try {
    const response = await fetch(url, { ...init, signal: ended.signal })
    const text = await response.text()
    if (!response.ok) throw problemOf(response, text)
    return { headers: response.headers, json: () => (text ? JSON.parse(text) : undefined) }
  } catch (cause) {
    if (cause instanceof ChatError) throw cause
    const code = signal?.aborted ? 'aborted' : isLate ? 'timeout' : 'network'
    const reason = { aborted: 'it was called off', timeout: 'it takes too long', network: 'there is no connection' }
    throw new ChatError(code, `unable to reach the server; ${reason[code]}`, { cause })
  } finally {
    // a reason of its own would be an error with its stack, for each request
    ended.abort(null)
  }
}

function problemOf({ status, headers }: Response, text: string): ChatError {
  const seconds = Number(headers.get('retry-after'))
  let problem: Partial<Problem> = {}
  try {
    problem = JSON.parse(text)
  } catch {
    // a proxy's page, not ours
  }
  const known = Object.keys(errors) as ServerErrorCode[]
  const code =
    known.find((code) => code === problem.code) ??
    known.find((code) => errors[code].status === status) ??
    (status >= 500 || status === 408 || status === 425 ? 'unavailable' : 'invalid_request')
  return new ChatError(code, problem.detail ?? `unable to do this; the server answered ${status}`, {
    retryAfterMs: seconds > 0 ? seconds * 1000 : undefined,
    requestId: problem.requestId ?? headers.get(REQUEST_ID_HEADER) ?? undefined,
    fields: problem.errors,
  })
}
