import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Logger, pino } from 'pino'
import type { Db } from '../../backend/db/client.js'
import { type Backend, type BackendOptions, createBackend } from '../../backend/index.js'
import { serve } from '../../backend/serve.js'
import { createTokens, type Tokens } from '../../backend/sessions/issue-token.js'
import { createKeyring } from '../../backend/sessions/keyring.js'
import { deriveKey } from '../../backend/sessions/keys.js'
import { insertAgent, insertWorkspace } from '../../backend/workspace/first-start.js'
import type { AgentRole, Problem, VisitorSession } from '../../sdk/protocol/index.js'
import { type Engine, testDatabase } from './database.js'

export const SECRET = 'a secret of the tests, long enough'
const patient = { burst: 1e9, perSecond: 1e9 }
const NO_RATES: BackendOptions['rates'] = {
  session: { address: patient },
  refresh: { address: patient },
  badge: { address: patient },
  signIn: { address: patient },
  read: {},
  write: {},
  sync: {},
  presence: {},
  export: {},
}

export interface Answer<T> {
  status: number
  headers: Headers
  body: T
}
/** Calls the API as someone; what is not JSON comes as text, nothing as undefined. */
export interface Caller {
  get<T>(path: string): Promise<Answer<T>>
  post<T>(path: string, body?: unknown): Promise<Answer<T>>
  put<T>(path: string, body?: unknown): Promise<Answer<T>>
  patch<T>(path: string, body?: unknown): Promise<Answer<T>>
  delete<T>(path: string): Promise<Answer<T>>
}
export interface WorldInbox {
  id: string
  key: string
  workspaceId: string
}
export interface WorldAgent extends Caller {
  id: string
  workspaceId: string
  token: string
  sessionId: string
}
export interface WorldVisitor extends Caller {
  id: string
  token: string
  session: VisitorSession
}

export interface World {
  url: string
  db: Db
  backend: Backend
  server: Server
  tokens: Tokens
  /** Calls with these headers and no token of its own. */
  caller(headers?: Record<string, string>): Caller
  workspace(): Promise<string>
  /** In a new workspace unless one is given. */
  inbox(options?: { workspaceId?: string; allowedOrigins?: string[] }): Promise<WorldInbox>
  /** Signed in; a member of the inboxes given. */
  agent(workspaceId: string, options?: { role?: AgentRole; inboxIds?: string[]; name?: string }): Promise<WorldAgent>
  visitor(inboxKey: string): Promise<WorldVisitor>
  close(): Promise<void>
}

/** A running backend on a port of its own over a fresh database, or the one given, closed by `close()`. Rates are unlimited unless given. */
export async function makeWorld(
  engine: Engine = 'pglite',
  options: Partial<BackendOptions> & { log?: Logger } = {},
): Promise<World> {
  const db = options.db ?? (await testDatabase(engine))
  // marks the database as used, so that no demo is put in
  await insertWorkspace(db, 'Somebody else')
  const log = options.log ?? pino({ level: 'silent' })
  const backend = await createBackend({ secret: SECRET, rates: NO_RATES, isPrivate: true, ...options, db, log })
  const server = await serve(backend, 0, '127.0.0.1')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const tokens = createTokens(
    createKeyring({
      secret: options.supabase?.jwtSecret ?? deriveKey(SECRET, 'access tokens'),
      signingKeys: options.signingKeys,
    }),
  )

  const caller = (headers: Record<string, string> = {}): Caller => {
    const call =
      (method: string) =>
      async <T>(path: string, body?: unknown): Promise<Answer<T>> => {
        const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
        const answer = await fetch(url + path, {
          method,
          headers: { ...json, ...headers },
          body: body === undefined ? undefined : JSON.stringify(body),
        })
        const text = await answer.text()
        const isJson = /[/+]json/.test(answer.headers.get('content-type') ?? '')
        const read: unknown = isJson ? JSON.parse(text) : text || undefined
        return { status: answer.status, headers: answer.headers, body: read as T }
      }
    return {
      get: call('GET'),
      post: call('POST'),
      put: call('PUT'),
      patch: call('PATCH'),
      delete: call('DELETE'),
    }
  }
  const as = (token: string) => caller({ authorization: `Bearer ${token}` })

  const workspace = () => insertWorkspace(db, 'A workspace')
  return {
    url,
    db,
    backend,
    server,
    tokens,
    caller,
    workspace,
    async inbox({ workspaceId, allowedOrigins = [] } = {}) {
      const owner = workspaceId ?? (await workspace())
      const key = `key-${randomUUID()}`
      const [row] = await db.query<{ id: string }>(
        `insert into inboxes (workspace_id, name, key, secret, allowed_origins)
         values ($1, 'An inbox', $2, 'secret', $3::text[]) returning id`,
        [owner, key, allowedOrigins],
      )
      return { id: row!.id, key, workspaceId: owner }
    },
    async agent(workspaceId, { role = 'agent', inboxIds = [], name = 'Ada' } = {}) {
      const id = await insertAgent(db, { workspaceId, name, email: `${randomUUID()}@example.com`, role })
      for (const inboxId of inboxIds)
        await db.query('insert into inbox_agents (workspace_id, inbox_id, agent_id) values ($1, $2, $3)', [
          workspaceId,
          inboxId,
          id,
        ])
      const [session] = await db.query<{ id: string }>(
        `insert into sign_in.session (user_id, token, expires_at) values ($1, $2, now() + interval '1 hour') returning id`,
        [id, randomUUID()],
      )
      const sessionId = session!.id
      const claims = { kind: 'agent', sub: id, workspace_id: workspaceId, agent_role: role, sid: sessionId } as const
      const { accessToken: token } = await tokens.issue(claims)
      return { id, workspaceId, token, sessionId, ...as(token) }
    },
    async visitor(inboxKey) {
      const { status, body } = await caller().post<VisitorSession>('/v1/visitor/sessions', { inboxKey })
      if (status !== 201) throw new Error((body as unknown as Problem).detail)
      return { id: body.contact.id, token: body.accessToken, session: body, ...as(body.accessToken) }
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await Promise.all([closed, backend.letGo()])
      await backend.close()
    },
  }
}
