import {
  type AgentClient,
  type AgentSession,
  agentSignIn,
  ChatError,
  createAgent,
  type Store,
} from '../../sdk/agent.js'
import { drafts } from './drafts.js'
import { linkTokenOf } from './router.js'
import { isSignedOut, refusal } from './wording.js'

const SESSION_ENDED = 'Your session has ended. Please sign in again.'
const LEFT_ELSEWHERE = 'You signed out in another tab.'

/** Where the person at the screen stands. */
export type Stage =
  | { name: 'checking' }
  | { name: 'unreachable'; reason: string }
  | { name: 'signed-out'; notice: string | null; isSigningIn: boolean }
  | { name: 'signed-in'; agent: AgentClient; session: AgentSession }

/** Lets agents in and out, and makes their client. The session itself lives in a cookie that no script can read. */
export class Access implements Store<Stage> {
  readonly #url: string
  readonly #signIn: ReturnType<typeof agentSignIn>
  readonly #listeners = new Set<() => void>()
  /** The console's other tabs, which share the session. */
  readonly #tabs = new BroadcastChannel('parley-console')
  #stage: Stage = { name: 'checking' }

  constructor(url: string) {
    this.#url = url
    this.#signIn = agentSignIn({ url })
    this.#tabs.onmessage = () => void this.#leave(LEFT_ELSEWHERE)
  }

  getSnapshot(): Stage {
    return this.#stage
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Uses the one-time token in the address, which is taken out of it at once, or the session of an earlier visit. */
  async resume(): Promise<void> {
    const token = linkTokenOf(location.hash)
    if (token) history.replaceState(null, '', '#/open')
    this.#enter({ name: 'checking' })
    try {
      if (token) await this.#signIn.withLink(token).catch((error: unknown) => this.#unlessSignedIn(error))
      await this.#enterDesk()
    } catch (error) {
      if (error instanceof LinkRefused) this.#signedOut(error.message)
      else if (isSignedOut(error)) this.#signedOut(null)
      else this.#enter({ name: 'unreachable', reason: refusal(error) })
    }
  }

  async signIn(email: string, password: string): Promise<void> {
    this.#enter({ name: 'signed-out', notice: null, isSigningIn: true })
    try {
      await this.#signIn.withPassword(email, password)
      await this.#enterDesk()
    } catch (error) {
      this.#signedOut(signInRefusal(error))
    }
  }

  /** Leaves here and on the server; `notice` tells why when it was not asked for. */
  async signOut(notice: string | null = null): Promise<void> {
    if (this.#stage.name !== 'signed-in') return
    if (notice === null) this.#tabs.postMessage('signed-out')
    await Promise.allSettled([this.#leave(notice), this.#signIn.signOut()])
  }

  /** What an agent typed is kept over a session that ended by itself, and for nobody else. */
  async #leave(notice: string | null): Promise<void> {
    const left = this.#stage
    if (left.name !== 'signed-in') return
    if (notice !== SESSION_ENDED) drafts.clear()
    this.#signedOut(notice)
    await left.agent.close()
  }

  async #enterDesk(): Promise<void> {
    const session = await this.#signIn.getToken()
    const agent = createAgent({ url: this.#url, getToken: () => this.#signIn.getToken() })
    this.#enter({ name: 'signed-in', agent, session })
    agent.connection.subscribe(() => {
      if (isSignedOut(agent.connection.getSnapshot().lastError)) void this.signOut(SESSION_ENDED)
    })
    // What may pass is waited out by the client and shows in the state of its connection.
    await agent.connect().catch((error: unknown) => this.#refused(agent, error))
  }

  async #refused(agent: AgentClient, error: unknown): Promise<void> {
    if (this.#stage.name !== 'signed-in' || this.#stage.agent !== agent) return
    if (isSignedOut(error)) return this.signOut(SESSION_ENDED)
    this.#enter({ name: 'unreachable', reason: refusal(error) })
    await agent.close()
  }

  /** A used link does not lock out someone whose session it already opened. */
  async #unlessSignedIn(error: unknown): Promise<void> {
    if (!(error instanceof ChatError) || ['network', 'timeout', 'unavailable', 'internal'].includes(error.code))
      throw error
    await this.#signIn.getToken().catch(() => {
      throw new LinkRefused()
    })
  }

  #signedOut(notice: string | null): void {
    this.#enter({ name: 'signed-out', notice, isSigningIn: false })
  }

  #enter(stage: Stage): void {
    this.#stage = stage
    for (const listener of this.#listeners) listener()
  }
}

class LinkRefused extends Error {
  constructor() {
    super('This sign-in link was used before or is too old. Sign in with your password instead.')
  }
}

function signInRefusal(error: unknown): string {
  const isWrong =
    error instanceof ChatError &&
    ['token_missing', 'token_invalid', 'forbidden', 'invalid_request'].includes(error.code)
  return isWrong ? 'E-mail and password do not match.' : refusal(error)
}
