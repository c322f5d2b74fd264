import { request } from './api.js'
import { isInPage, surroundingsOf } from './defaults.js'
import { paths } from './protocol/routes.js'
import type { AgentSession } from './protocol/session.js'

/** Header in which the server hands out the session to those who keep no cookies. */
const SESSION_HEADER = 'set-auth-token'

export interface AgentSignIn {
  /** @throws {ChatError} `token_invalid` when e-mail or password is wrong. */
  withPassword(email: string, password: string): Promise<void>
  /** Uses a one-time link. @throws {ChatError} `token_invalid` when it was used or is too old. */
  withLink(token: string): Promise<void>
  /** What `createAgent` asks for. @throws {ChatError} `token_missing` when nobody is signed in. */
  getToken(): Promise<AgentSession>
  signOut(): Promise<void>
}

/** Signs an agent in. The session is a cookie in browsers, which no script can read, and in memory elsewhere. */
export function agentSignIn(options: { url: string; fetch?: typeof fetch }): AgentSignIn {
  const surroundings = surroundingsOf(options)
  let session: string | null = null

  async function post<T>(path: string, body: object = {}): Promise<T> {
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (session) headers['authorization'] = `Bearer ${session}`
    const answer = await request(surroundings, surroundings.url + path, {
      method: 'POST',
      credentials: 'include',
      headers,
      body: JSON.stringify(body),
    })
    const given = answer.headers.get(SESSION_HEADER)
    if (given && !isInPage()) session = given
    return answer.json<T>()
  }

  return {
    withPassword: (email, password) => post('/v1/auth/sign-in/email', { email, password }),
    withLink: (token) => post('/v1/auth/one-time-link', { token }),
    getToken: () => post(paths.agentToken),
    async signOut() {
      await post('/v1/auth/sign-out')
      session = null
    },
  }
}
