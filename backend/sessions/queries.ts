import {
  type Agent,
  type Badge,
  type Contact,
  defaultInboxSettings,
  type InboxSettings,
  type PublicInbox,
} from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'

interface InboxRow {
  id: string
  workspace_id: string
  key: string
  name: string
  settings: Partial<InboxSettings>
  allowed_origins: string[]
}
/** An inbox as whoever lets visitors in needs it. */
export interface EntryInbox extends PublicInbox {
  workspaceId: string
  allowedOrigins: string[]
}

const entryInboxOf = (row: InboxRow): EntryInbox => ({
  id: row.id,
  key: row.key,
  name: row.name,
  settings: { ...defaultInboxSettings, ...row.settings },
  workspaceId: row.workspace_id,
  allowedOrigins: row.allowed_origins,
})
export const publicInboxOf = ({ id, key, name, settings }: EntryInbox): PublicInbox => ({ id, key, name, settings })

export async function findEntryInbox(db: Queryable, inboxKey: string): Promise<EntryInbox | null> {
  const [row] = await db.query<InboxRow>(
    'select id, workspace_id, key, name, settings, allowed_origins from inboxes where key = $1',
    [inboxKey],
  )
  return row ? entryInboxOf(row) : null
}

export async function findPublicInbox(db: Queryable, inboxKey: string): Promise<PublicInbox | null> {
  const inbox = await findEntryInbox(db, inboxKey)
  return inbox && publicInboxOf(inbox)
}

/** A visitor nobody knows yet, and their session, in one statement. */
export async function insertVisitor(
  db: Queryable,
  inbox: EntryInbox,
  secretHash: string,
): Promise<{ sessionId: string; contact: Contact }> {
  const [row] = await db.query<{ session_id: string; contact_id: string }>(
    `with contact as (
       insert into contacts (workspace_id) values ($1) returning id
     )
     insert into contact_sessions (workspace_id, contact_id, inbox_id, secret_hash)
     select $1, contact.id, $2, decode($3, 'hex') from contact
     returning id as session_id, contact_id`,
    [inbox.workspaceId, inbox.id, secretHash],
  )
  const contact = { name: '', email: null, verified: false, consentedAt: null, formerIds: [] }
  return { sessionId: row!.session_id, contact: { id: row!.contact_id, ...contact } }
}

/** For so long after its last message a conversation goes on, unless it is resolved and read. */
const LIVE_HOURS = 24

/** What is unread for a session that has not ended. Who writes has read. */
export async function findBadge(db: Queryable, sessionId: string): Promise<Badge | null> {
  const [row] = await db.query<Badge>(
    `select coalesce(sum(u.unread), 0)::int as unread,
       coalesce(bool_or((c.status <> 'resolved' or u.unread > 0) and m.created_at > now() - make_interval(hours => $2)), false)
         as "isLive"
     from contact_sessions s
     left join conversations c on c.contact_id = s.contact_id
     left join conversation_heads h on h.conversation_id = c.id
     left join messages m on m.id = h.last_message_id
     left join participants p on p.conversation_id = c.id and p.actor_id = s.contact_id
     cross join lateral (
       select case when m.author_type <> 'contact' then greatest(0, h.last_message_no - coalesce(p.read_message_no, 0)) end
         as unread
     ) u
     where s.id = $1 and s.revoked_at is null
     group by s.id`,
    [sessionId, LIVE_HOURS],
  )
  return row ?? null
}

/** The secret never leaves the server but to administrators. */
export async function findEntry(
  db: Queryable,
  inboxId: string,
  workspaceId: string,
): Promise<{ inbox: EntryInbox; secret: string } | null> {
  const [row] = await db.query<InboxRow & { secret: string }>(
    `select id, workspace_id, key, name, settings, allowed_origins, secret from inboxes
     where id = $1 and workspace_id = $2`,
    [inboxId, workspaceId],
  )
  return row ? { inbox: entryInboxOf(row), secret: row.secret } : null
}

/** A session of whom the claims name, who takes over what was the visitor's, if there is one. */
export async function insertIdentified(
  db: Queryable,
  inboxId: string,
  visitorId: string | null,
  claims: object,
  secretHash: string,
): Promise<{ sessionId: string; contact: Contact }> {
  const [row] = await db.query<{ made: { sessionId: string; contact: Contact } }>(
    `select identify_visitor($1, $2, $3::text::jsonb, decode($4, 'hex')) as made`,
    [inboxId, visitorId, JSON.stringify(claims), secretHash],
  )
  return row!.made
}

export interface RefreshableSession {
  sessionId: string
  secretHash: string
  /** Since the current secret came, in seconds. */
  ageSeconds: number
  isRevoked: boolean
  contact: Contact
  inbox: EntryInbox
}

/** The session whose current secret has one of these hashes. */
export async function findSession(db: Queryable, hashes: string[]): Promise<RefreshableSession | null> {
  const [row] = await db.query<
    InboxRow & {
      session_id: string
      secret_hash: string
      age_seconds: number
      is_revoked: boolean
      contact: Contact
    }
  >(
    `select s.id as session_id, encode(s.secret_hash, 'hex') as secret_hash, s.revoked_at is not null as is_revoked,
       extract(epoch from now() - s.rotated_at)::float8 as age_seconds,
       wire_contact(c) as contact,
       i.id, i.workspace_id, i.key, i.name, i.settings, i.allowed_origins
     from contact_sessions s
     join contacts c on c.id = s.contact_id
     join inboxes i on i.id = s.inbox_id
     where s.secret_hash = any (select decode(hash, 'hex') from unnest($1::text[]) hash)`,
    [hashes],
  )
  if (!row) return null
  return {
    sessionId: row.session_id,
    secretHash: row.secret_hash,
    ageSeconds: row.age_seconds,
    isRevoked: row.is_revoked,
    contact: row.contact,
    inbox: entryInboxOf(row),
  }
}

/** Changes nothing when another request has rotated it already, which was to the same successor. */
export async function rotateSecret(db: Queryable, sessionId: string, fromHash: string, toHash: string): Promise<void> {
  await db.query(
    `update contact_sessions
     set secret_hash = decode($3, 'hex'), rotated_at = now()
     where id = $1 and secret_hash = decode($2, 'hex')`,
    [sessionId, fromHash, toHash],
  )
}

export async function revokeSession(db: Queryable, sessionId: string): Promise<void> {
  await db.query('update contact_sessions set revoked_at = now() where id = $1 and revoked_at is null', [sessionId])
}

export interface SignedInAgent {
  agent: Agent
  workspace: { id: string; name: string }
  isDeactivated: boolean
}

export async function findSignedInAgent(db: Queryable, agentId: string): Promise<SignedInAgent | null> {
  const [row] = await db.query<{
    id: string
    name: string
    email: string
    role: Agent['role']
    is_deactivated: boolean
    workspace_id: string
    workspace_name: string
  }>(
    `select a.id, a.name, a.email, a.role, a.deactivated_at is not null as is_deactivated,
       w.id as workspace_id, w.name as workspace_name
     from agents a
     join workspaces w on w.id = a.workspace_id
     where a.id = $1`,
    [agentId],
  )
  if (!row) return null
  return {
    agent: { id: row.id, name: row.name, email: row.email, role: row.role },
    workspace: { id: row.workspace_id, name: row.workspace_name },
    isDeactivated: row.is_deactivated,
  }
}
