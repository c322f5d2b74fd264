import { randomBytes } from 'node:crypto'
import type { AgentRole } from '../../sdk/protocol/index.js'
import type { Db, Queryable } from '../db/client.js'

/** One process at a time makes the first people; the others find them made. */
const FIRST_START_LOCK = 804_120
const DEMO_INBOX_KEY = 'demo'

export interface Administrator {
  email: string
  password: string
}

interface NewAgent {
  workspaceId: string
  name: string
  email: string
  role: AgentRole
  /** Without one they get in by a one-time link only. */
  passwordHash?: string
}

/** An agent and their sign-in, which have the same id. */
export async function insertAgent(db: Queryable, agent: NewAgent): Promise<string> {
  const [row] = await db.query<{ id: string }>(
    `with agent as (
       insert into agents (workspace_id, name, email, role) values ($1, $2, $3, $4)
       returning id, name, email
     ), person as (
       insert into sign_in."user" (id, name, email, email_verified)
       select id, name, email, true from agent
     ), account as (
       insert into sign_in.account (user_id, account_id, provider_id, password)
       select id, id::text, 'credential', $5 from agent where $5::text is not null
     )
     select id from agent`,
    [agent.workspaceId, agent.name, agent.email, agent.role, agent.passwordHash ?? null],
  )
  return row!.id
}

export async function insertWorkspace(db: Queryable, name: string): Promise<string> {
  const [row] = await db.query<{ id: string }>('insert into workspaces (name) values ($1) returning id', [name])
  return row!.id
}

async function insertDemo(db: Queryable, owner: Omit<NewAgent, 'workspaceId' | 'role'>): Promise<void> {
  const workspaceId = await insertWorkspace(db, 'Demo workspace')
  const settings = { title: 'Demo shop', greeting: 'Hello! Ask us anything about an order.' }
  const [inbox] = await db.query<{ id: string }>(
    `insert into inboxes (workspace_id, name, key, secret, settings)
     values ($1, 'Demo shop', $2, $3, $4::text::jsonb) returning id`,
    [workspaceId, DEMO_INBOX_KEY, randomBytes(32).toString('base64url'), JSON.stringify(settings)],
  )
  await insertAgent(db, { ...owner, workspaceId, role: 'owner' })
  const colleague = { workspaceId, name: 'Sam', email: 'sam@demo.example', role: 'agent' } as const
  const colleagueId = await insertAgent(db, colleague)
  await db.query('insert into inbox_agents (workspace_id, inbox_id, agent_id) values ($1, $2, $3)', [
    workspaceId,
    inbox!.id,
    colleagueId,
  ])
}

/**
 * Makes the first administrator, once, with a workspace when there is none, and on a fresh embedded database the
 * demo workspace. What is there already is left as it is, passwords too.
 */
export async function prepareFirstStart(
  db: Db,
  administrator: Administrator | undefined,
  hashPassword: (password: string) => Promise<string>,
): Promise<void> {
  const email = administrator?.email.toLowerCase()
  const look = (tx: Queryable) =>
    tx.query<{ workspace_id: string | null; known: boolean }>(
      `select (select id from workspaces order by created_at, id limit 1) as workspace_id,
         exists (select 1 from agents where email = $1) as known`,
      [email ?? ''],
    )
  const [before] = await look(db)
  if (before!.workspace_id && (before!.known || !email)) return
  // slow on purpose, so before the lock
  const passwordHash = administrator && (await hashPassword(administrator.password))

  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [FIRST_START_LOCK])
    const [now] = await look(tx)
    if (!now!.workspace_id && db.engine === 'pglite')
      return insertDemo(tx, { name: 'Ada', email: email ?? 'ada@demo.example', passwordHash })
    if (!email || now!.known) return
    const workspaceId = now!.workspace_id ?? (await insertWorkspace(tx, 'My workspace'))
    await insertAgent(tx, { workspaceId, name: 'Administrator', email, role: 'owner', passwordHash })
  })
}

/** Whom the link printed at start signs in: the longest-standing owner. */
export async function findFirstOwner(db: Queryable): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(
    `select a.id
     from agents a
     where a.role = 'owner' and a.deactivated_at is null
     order by a.created_at, a.id
     limit 1`,
  )
  return row?.id ?? null
}

/** The inbox that the demo page shows: the demo one, else the oldest. */
export async function findShownInboxKey(db: Queryable): Promise<string | null> {
  const [row] = await db.query<{ key: string }>(
    'select key from inboxes order by (key = $1) desc, created_at, id limit 1',
    [DEMO_INBOX_KEY],
  )
  return row?.key ?? null
}
