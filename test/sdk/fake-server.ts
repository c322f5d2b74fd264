import type { ServerErrorCode } from '../../sdk/protocol/index.js'
import { errors } from '../../sdk/protocol/index.js'

interface FakeRequest {
  method: string
  path: string
  token: string | null
  body: never
}
/** Answers a request by a value, a `Response`, or throws as a network does. */
export type FakeHandler = (request: FakeRequest) => unknown

export const problem = (code: ServerErrorCode, headers: Record<string, string> = {}): Response =>
  Response.json({ code, detail: `unable to do this; ${code}` }, { status: errors[code].status, headers })

/** A network without a network: handlers by "METHOD path", and everything that was asked. */
export function fakeServer(handlers: Record<string, FakeHandler>) {
  const requests: FakeRequest[] = []
  const fakeFetch: typeof fetch = async (input, init) => {
    init?.signal?.throwIfAborted()
    const path = new URL(String(input)).pathname
    const headers = new Headers(init?.headers)
    const request = {
      method: init?.method ?? 'GET',
      path,
      token: headers.get('authorization')?.replace('Bearer ', '') ?? null,
      body: (init?.body ? JSON.parse(String(init.body)) : undefined) as never,
    }
    requests.push(request)
    const handler = handlers[`${request.method} ${path}`]
    const gone = new Promise<never>((_, reject) =>
      init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))),
    )
    gone.catch(() => {})
    const answer = await Promise.race([handler ? handler(request) : problem('not_found'), gone])
    return answer instanceof Response
      ? answer
      : answer === undefined
        ? new Response(null, { status: 204 })
        : Response.json(answer)
  }
  const asked = (route: string) => requests.filter(({ method, path }) => `${method} ${path}` === route)
  return { fetch: fakeFetch, handlers, requests, asked }
}
