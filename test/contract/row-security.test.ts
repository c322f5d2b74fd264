import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db, Queryable, Row } from '../../backend/db/client.js'
import { engines, testDatabase } from '../support/database.js'
import { aContact, aConversation, aShop, send, type Shop } from './shop.js'

const TABLES = [
  ...['workspaces', 'inbox_agents', 'agents', 'teams', 'team_agents', 'contacts', 'conversations'],
  ...['conversation_heads', 'participants', 'events', 'messages'],
]
const HIDDEN = [
  'contact_sessions',
  'presences',
  'sign_in."user"',
  'sign_in.session',
  'sign_in.account',
  'sign_in.verification',
  'parley.migrations',
]
const DENIED = { code: '42501' }

describe.each(engines)('row level security on %s', (engine) => {
  let db: Db
  let shop: Shop
  let other: Shop
  let conversationId: string
  let ofNeighbour: string
  let neighbourId: string
  beforeAll(async () => {
    db = await testDatabase(engine)
    shop = await aShop(db)
    other = await aShop(db)
    neighbourId = await aContact(db, shop.workspaceId)
    conversationId = await aConversation(db, shop)
    ofNeighbour = await aConversation(db, shop, neighbourId)
    await aConversation(db, other)
    await send(db, ['agent', shop.agentId], conversationId, 'On its way')
    await db.query(
      `insert into events (conversation_id, log, seq, workspace_id, type, actor_type, after_seq)
       values ($1, 'internal', 1, $2, 'message.created', 'agent', 3)`,
      [conversationId, shop.workspaceId],
    )
  })
  afterAll(() => db.close())

  const claims = (kind: 'contact' | 'agent', sub: string, workspaceId = shop.workspaceId) => ({
    role: 'authenticated',
    kind,
    sub,
    workspace_id: workspaceId,
  })
  /** As PostgREST does it: role and claims for one transaction. */
  const as = <T>(claimed: Row, work: (tx: Queryable) => Promise<T>): Promise<T> =>
    db.transaction(async (tx) => {
      await tx.query(`select set_config('request.jwt.claims', $1, true), set_config('role', $2, true)`, [
        JSON.stringify(claimed),
        String(claimed.role),
      ])
      return work(tx)
    })
  const count = (claimed: Row, table: string) =>
    as(claimed, async (tx) => (await tx.query<{ n: number }>(`select count(*) as n from ${table}`))[0]!.n)
  const conversations = (claimed: Row) =>
    as(claimed, async (tx) =>
      (await tx.query<{ id: string }>('select id from conversations')).map((row) => row.id).sort(),
    )
  const may = async (claimed: Row, topic: string) =>
    (
      await db.query<{ allowed: unknown }>('select realtime.authorize($1::text::jsonb, $2) as allowed', [
        JSON.stringify(claimed),
        topic,
      ])
    )[0]!.allowed
  const both = (allowed: boolean) => ({ broadcast: allowed, presence: allowed })

  test('a contact sees their own conversations and nobody else', async () => {
    expect(await conversations(claims('contact', shop.contactId))).toEqual([conversationId])
    expect(await count(claims('contact', shop.contactId), 'contacts')).toBe(1)
    expect(await count(claims('contact', shop.contactId), 'messages')).toBe(2)
    for (const table of ['agents', 'workspaces', 'inbox_agents']) {
      expect(await count(claims('contact', shop.contactId), table), table).toBe(0)
    }
  })

  test('a contact never sees the internal log, an agent of the inbox does', async () => {
    const internal = `events where log = 'internal'`
    expect(await count(claims('contact', shop.contactId), internal)).toBe(0)
    expect(await count(claims('agent', shop.agentId), internal)).toBe(1)
  })

  test('an agent sees the conversations of their inboxes, none once they left', async () => {
    const both = [conversationId, ofNeighbour].sort()
    expect(await conversations(claims('agent', shop.agentId))).toEqual(both)
    await db.query('delete from inbox_agents where agent_id = $1', [shop.agentId])
    expect(await conversations(claims('agent', shop.agentId))).toEqual([])
    await db.query('insert into inbox_agents values ($1, $2, $3)', [shop.workspaceId, shop.inboxId, shop.agentId])
    expect(await conversations(claims('agent', shop.ownerId))).toEqual(both)
  })

  test('a deactivated agent sees nothing', async () => {
    const [gone] = await db.query<{ id: string }>(
      `insert into agents (workspace_id, name, email, role, deactivated_at) values ($1, 'Gone', 'gone@shop.example', 'owner', now()) returning id`,
      [shop.workspaceId],
    )
    for (const table of TABLES) expect(await count(claims('agent', gone!.id), table), table).toBe(0)
  })

  test('an agent of another workspace sees nothing of this one, whatever workspace the claims name', async () => {
    const foreign = [claims('agent', other.ownerId, other.workspaceId), claims('agent', other.ownerId)]
    for (const claimed of foreign) {
      expect(await conversations(claimed)).not.toContain(conversationId)
      expect(await count(claimed, `messages where workspace_id = '${shop.workspaceId}'`)).toBe(0)
    }
    expect(await conversations(claims('contact', shop.contactId, other.workspaceId))).toEqual([])
  })

  test('nobody writes rows, and no secret of an inbox is readable', async () => {
    const claimed = claims('agent', shop.ownerId)
    const write = as(claimed, (tx) => tx.query(`update conversations set subject = 'mine'`))
    await expect(write).rejects.toMatchObject(DENIED)
    await expect(as(claimed, (tx) => tx.query('select secret from inboxes'))).rejects.toMatchObject(DENIED)
    expect(await as(claimed, (tx) => tx.query('select name from inboxes'))).toEqual([{ name: 'Site' }])
  })

  test('tables of the server alone are closed to everyone who signs in', async () => {
    for (const table of HIDDEN)
      await expect(count(claims('agent', shop.ownerId), table), table).rejects.toMatchObject(DENIED)
  })

  test('anon sees no table at all', async () => {
    for (const table of [...TABLES, 'inboxes', ...HIDDEN]) {
      await expect(count({ role: 'anon' }, table), table).rejects.toMatchObject(DENIED)
    }
  })

  test('functions that write or read for the API are not for those who sign in', async () => {
    const executable = await db.query<{ name: string }>(
      `select proname as name from pg_proc
       where pronamespace = 'public'::regnamespace
         and (has_function_privilege('authenticated', oid, 'execute') or has_function_privilege('anon', oid, 'execute'))
       order by 1`,
    )
    expect(executable.map((row) => row.name)).toEqual([
      'am_agent',
      'i_may_read_topic',
      'i_may_write_topic',
      'i_see_conversation',
      'i_see_inbox',
      'my_kind',
      'my_workspace_id',
    ])
    const impersonate = as(claims('contact', shop.contactId), (tx) =>
      tx.query(`select send_message('agent', $1, $2, gen_random_uuid(), 'not me')`, [shop.agentId, conversationId]),
    )
    await expect(impersonate).rejects.toMatchObject(DENIED)
  })

  test('every table of ours is guarded', async () => {
    const open = await db.query(
      `select relname from pg_class c join pg_namespace n on n.oid = relnamespace
       where relkind = 'r' and not relrowsecurity and nspname in ('public', 'sign_in', 'parley', 'realtime')`,
    )
    expect(open).toEqual([])
  })

  test('a topic is read by those of the conversation and written on its live part only', async () => {
    const own = claims('contact', shop.contactId)
    expect(await may(own, `conversation:${conversationId}`)).toEqual({ read: both(true), write: both(false) })
    expect(await may(own, `conversation:${conversationId}:live`)).toEqual({ read: both(true), write: both(true) })
    expect(await may(claims('agent', shop.agentId), `conversation:${conversationId}:internal`)).toEqual({
      read: both(true),
      write: both(false),
    })
    expect(await may(own, `contact:${shop.contactId}`)).toEqual({ read: both(true), write: both(false) })
    expect(await may(claims('agent', shop.agentId), `inbox:${shop.inboxId}`)).toEqual({
      read: both(true),
      write: both(false),
    })
  })

  test('a topic of somebody else, or no topic of ours, is nobody’s', async () => {
    const nothing = { read: both(false), write: both(false) }
    const own = claims('contact', shop.contactId)
    const topics = [
      `conversation:${ofNeighbour}`,
      `conversation:${ofNeighbour}:live`,
      `conversation:${conversationId}:internal`,
    ]
    for (const topic of [
      ...topics,
      `contact:${neighbourId}`,
      `inbox:${shop.inboxId}`,
      'conversation:nonsense',
      'news',
    ]) {
      expect(await may(own, topic), topic).toEqual(nothing)
    }
    const foreign = claims('agent', other.ownerId, other.workspaceId)
    expect(await may(foreign, `conversation:${conversationId}`)).toEqual(nothing)
    expect(await may({ role: 'anon' }, `conversation:${conversationId}`)).toEqual(nothing)
    expect(await may({ role: 'no such role' }, `conversation:${conversationId}`)).toEqual(nothing)
  })
})
