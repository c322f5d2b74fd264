import { createMiddleware } from 'hono/factory'
import { type AccessClaims, type AgentRole, agentRoles, ChatError } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'

export interface ContactActor {
  type: 'contact'
  id: string
  workspaceId: string
  /** Inbox through which the contact came. */
  inboxId: string
  sessionId: string
}
export interface AgentActor {
  type: 'agent'
  id: string
  workspaceId: string
  role: AgentRole
  sessionId: string
}
/** Who asks, as the database has them now; the token only says whom to look up. */
export type Actor = ContactActor | AgentActor

const invalid = (reason: string) => new ChatError('token_invalid', `unable to accept the access token; ${reason}`)

/** One primary-key read, on every request: what is revoked is refused at once. */
async function findContact(db: Queryable, sessionId: string, contactId: string): Promise<ContactActor> {
  const [row] = await db.query<{ workspace_id: string; inbox_id: string }>(
    'select workspace_id, inbox_id from contact_sessions where id = $1 and contact_id = $2 and revoked_at is null',
    [sessionId, contactId],
  )
  if (!row) throw invalid('its session has ended')
  return { type: 'contact', id: contactId, workspaceId: row.workspace_id, inboxId: row.inbox_id, sessionId }
}

/** The role is the database's too, so that a demotion holds before the token ends. */
async function findAgent(db: Queryable, sessionId: string, agentId: string): Promise<AgentActor> {
  const [row] = await db.query<{ workspace_id: string; role: AgentRole; deactivated_at: string | null }>(
    `select a.workspace_id, a.role, a.deactivated_at
     from agents a
     join sign_in.session s on s.user_id = a.id
     where a.id = $1 and s.id = $2 and s.expires_at > now()`,
    [agentId, sessionId],
  )
  if (!row) throw invalid('its sign-in has ended')
  if (row.deactivated_at) throw invalid('the agent has been deactivated')
  return { type: 'agent', id: agentId, workspaceId: row.workspace_id, role: row.role, sessionId }
}

const SCHEME = /^Bearer +/i

/** The token of an `Authorization: Bearer …` header. @throws {ChatError} `token_missing` */
export function bearerToken(header: string | undefined): string {
  const scheme = SCHEME.exec(header ?? '')?.[0]
  const token = scheme && header!.slice(scheme.length).trimEnd()
  if (!token || token.includes(' '))
    throw new ChatError('token_missing', 'unable to tell who asks; send an access token as a bearer token')
  return token
}

interface Asked<A extends Actor> {
  Variables: { db: Queryable; verifyToken: (token: string) => Promise<AccessClaims>; actor: A }
}

const actorThat = <A extends Actor>(accepts: (actor: Actor) => actor is A, who: string) =>
  createMiddleware<Asked<A>>(async (c, next) => {
    const claims = await c.get('verifyToken')(bearerToken(c.req.header('authorization')))
    const find = claims.kind === 'agent' ? findAgent : findContact
    const actor = await find(c.get('db'), claims.sid, claims.sub)
    if (!accepts(actor)) throw new ChatError('forbidden', `unable to do this; only ${who} may`)
    c.set('actor', actor)
    await next()
  })

/** Whom a token names. For a write that asks in its own transaction whether their session still stands. */
export function namedActor(claims: AccessClaims): Actor {
  const { kind, sub: id, workspace_id: workspaceId, sid: sessionId } = claims
  return kind === 'agent'
    ? { type: kind, id, workspaceId, role: claims.agent_role ?? 'agent', sessionId }
    : { type: kind, id, workspaceId, inboxId: claims.inbox_id ?? '', sessionId }
}

const isAgent = (actor: Actor): actor is AgentActor => actor.type === 'agent'
const isContact = (actor: Actor): actor is ContactActor => actor.type === 'contact'

export const anyActor = actorThat((actor): actor is Actor => isAgent(actor) || isContact(actor), 'who has signed in')
export const onlyAgent = actorThat(isAgent, 'agents')
export const onlyContact = actorThat(isContact, 'visitors')

/** An agent of this role or of one above it. */
export const agentWith = (role: AgentRole) =>
  actorThat(
    (actor): actor is AgentActor => isAgent(actor) && agentRoles.indexOf(actor.role) >= agentRoles.indexOf(role),
    role === 'agent' ? 'agents' : `agents of role ${role} or above`,
  )
