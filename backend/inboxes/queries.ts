import { defaultInboxSettings, type Inbox, type InboxChanges, type InboxSettings } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'

interface InboxRow {
  id: string
  key: string
  name: string
  settings: Partial<InboxSettings>
  allowed_origins: string[]
  created_at: string
}
/** Everything of an inbox that may leave the server; the secret may not. */
const COLUMNS = 'id, key, name, settings, allowed_origins, wire_time(created_at) as created_at'

const inboxOf = (row: InboxRow): Inbox => ({
  id: row.id,
  key: row.key,
  name: row.name,
  settings: { ...defaultInboxSettings, ...row.settings },
  allowedOrigins: row.allowed_origins,
  createdAt: row.created_at,
})

/** Those the agent sees, oldest first. */
export async function listInboxes(db: Queryable, workspaceId: string, agentId: string): Promise<Inbox[]> {
  const rows = await db.query<InboxRow>(
    `select ${COLUMNS} from inboxes
     where workspace_id = $1 and agent_sees_inbox($2, id)
     order by inboxes.created_at, id`,
    [workspaceId, agentId],
  )
  return rows.map(inboxOf)
}

/** With its maker as its first member, in one statement. */
export async function insertInbox(
  db: Queryable,
  maker: { id: string; workspaceId: string },
  inbox: InboxChanges & { name: string; key: string; secret: string },
): Promise<Inbox> {
  const [row] = await db.query<InboxRow>(
    `with made as (
       insert into inboxes (workspace_id, name, key, secret, allowed_origins, settings)
       values ($1, $3, $4, $5, $6::text[], $7::text::jsonb)
       returning *
     ), member as (
       insert into inbox_agents (workspace_id, inbox_id, agent_id)
       select workspace_id, id, $2 from made
     )
     select ${COLUMNS} from made`,
    [
      maker.workspaceId,
      maker.id,
      inbox.name,
      inbox.key,
      inbox.secret,
      inbox.allowedOrigins ?? [],
      JSON.stringify(inbox.settings ?? {}),
    ],
  )
  return inboxOf(row!)
}

/** What is not among the changes stays as it is. Null when the workspace has no such inbox. */
export async function updateInbox(
  db: Queryable,
  workspaceId: string,
  inboxId: string,
  changes: InboxChanges,
): Promise<Inbox | null> {
  const [row] = await db.query<InboxRow>(
    `update inboxes
     set name = coalesce($3, name),
       allowed_origins = coalesce($4::text[], allowed_origins),
       settings = settings || $5::text::jsonb
     where workspace_id = $1 and id = $2
     returning ${COLUMNS}`,
    [
      workspaceId,
      inboxId,
      changes.name ?? null,
      changes.allowedOrigins ?? null,
      JSON.stringify(changes.settings ?? {}),
    ],
  )
  return row ? inboxOf(row) : null
}
