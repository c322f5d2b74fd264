import type { AgentRole } from './actor.js'
import type { Contact } from './contact.js'
import type { PublicInbox } from './inbox.js'

/** Where realtime is, and the key that opens its socket (not the person's token). */
export interface RealtimeAddress {
  /** Absolute `ws(s)://…/realtime/v1`. */
  url: string
  apikey: string
}

/** Access token and how long it is good, counted from the answer's arrival. */
export interface TokenGrant {
  accessToken: string
  expiresInSeconds: number
}

export interface VisitorSessionRequest {
  inboxKey: string
  /** JWT signed with the inbox secret, made by `parley-chat/server`: proves a signed-in user. Refused as `token_invalid`. */
  identityToken?: string
}

/** Answer to creating or refreshing a visitor session. */
export interface VisitorSession extends TokenGrant {
  contact: Contact
  /** Opaque; replaces the one before it. Keep it where only this site can read it. */
  refreshSecret: string
  /** Absolute address that tells, without a token, what is unread: `GET` answers a `Badge`, with an ETag. */
  badgeUrl: string
  inbox: PublicInbox
  realtime: RealtimeAddress
}

/** What a page learns of a visitor's conversations before it connects. */
export interface Badge {
  /** Messages not read in all of them. */
  unread: number
  /** One of them is unresolved or unread, and its last message came in the last 24 hours. */
  isLive: boolean
}

export interface Agent {
  id: string
  name: string
  email: string
  role: AgentRole
}

/** Answer to `POST /v1/agent/token`, for an agent who has signed in. */
export interface AgentSession extends TokenGrant {
  agent: Agent
  workspace: { id: string; name: string }
  realtime: RealtimeAddress
}

/** Claims of every access token; Supabase's policies read the same ones. */
export interface AccessClaims {
  iss: string
  aud: 'authenticated'
  role: 'authenticated'
  /** Contact or agent id. */
  sub: string
  workspace_id: string
  kind: 'contact' | 'agent'
  agent_role?: AgentRole
  /** Inbox through which a contact came. */
  inbox_id?: string
  /** Session this token belongs to; a revoked session's tokens are refused at once by the API. */
  sid: string
  iat: number
  exp: number
}
