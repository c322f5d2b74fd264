import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engines } from '../support/database.js'
import { asPerson } from './as-person.js'
import { apiRows, apiSide } from './row-security-api.js'
import {
  type Attempts,
  attempts,
  cellOf,
  everyRow,
  openProbe,
  ourTables,
  statementsFor,
  untoldColumns,
  verbs,
} from './row-security-cells.js'
import { type Cells, rowSecurityPage, unexplained } from './row-security-page.js'
import { securityWorld, type SecurityWorld } from './row-security-world.js'

const PAGE = '../../migrations/row-security.md'
const DENIED = { code: '42501' }
interface Rights {
  read: { broadcast: boolean; presence: boolean }
  write: { broadcast: boolean; presence: boolean }
}

describe.each(engines)('row level security on %s', (engine) => {
  let world: SecurityWorld
  let tables: string[]
  const seen: Record<string, Attempts> = {}
  const people = () => Object.entries(world.people)
  beforeAll(async () => {
    world = await securityWorld(engine)
    tables = await ourTables(world.db)
    await openProbe(world.db)
    const statements = await statementsFor(world.db, tables)
    for (const [name, { claims }] of people()) seen[name] = await attempts(world.db, claims, statements)
  })
  afterAll(() => world.close())

  async function tableCells(): Promise<Cells> {
    const cells: Cells = {}
    const rows = await everyRow(world.db)
    for (const table of tables)
      for (const verb of verbs)
        for (const [name, { claims }] of people())
          (cells[`${table} ${verb}`] ??= {})[name] = cellOf(claims, world.ids, rows[table], seen[name]![table]![verb])
    return cells
  }

  async function topicCells(): Promise<Cells> {
    const { conversation, inbox, otherInbox, agent, contact } = world.ids
    const topics = {
      'conversation:<id>': `conversation:${conversation}`,
      'conversation:<id>:internal': `conversation:${conversation}:internal`,
      'conversation:<id>:live': `conversation:${conversation}:live`,
      'contact:<id>': `contact:${contact}`,
      'inbox:<id>': `inbox:${inbox}`,
      'inbox:<another’s id>': `inbox:${otherInbox}`,
      'agent:<id>': `agent:${agent}`,
      'agent:<id>:live': `agent:${agent}:live`,
      'conversation:nonsense': 'conversation:nonsense',
      'news:<id>': `news:${conversation}`,
    }
    const cells: Cells = {}
    for (const [name, { claims }] of people()) {
      const rows = await world.db.query<{ name: string; may: Rights }>(
        `select name, realtime.authorize($1::text::jsonb, topic) as may from unnest($2::text[], $3::text[]) asked (name, topic)`,
        [JSON.stringify(claims), Object.keys(topics), Object.values(topics)],
      )
      for (const { name: topic, may } of rows) {
        expect([may.read.presence, may.write.presence], topic).toEqual([may.read.broadcast, may.write.broadcast])
        const word = [may.read.broadcast && 'read', may.write.broadcast && 'write'].filter(Boolean).join(', ')
        ;(cells[topic] ??= {})[name] = word || '–'
      }
    }
    return cells
  }

  test('who may do what with which row and topic is what the page says, each cell with a reason', async () => {
    const [cells, topics] = [await tableCells(), await topicCells()]
    expect(unexplained({ ...cells, ...topics })).toEqual([])
    const page = rowSecurityPage(Object.keys(world.people), cells, topics, await untoldColumns(world.db, tables))
    await expect(page).toMatchFileSnapshot(PAGE)
  })

  test('every table of ours is guarded, and compared with the API or excused', async () => {
    expect([...tables].sort()).toEqual(Object.keys(apiSide).sort())
    const open = `select c.oid::regclass::text as name from pg_class c where c.oid = any (select t::regclass from unnest($1::text[]) t) and not relrowsecurity`
    expect(await world.db.query(open, [tables])).toEqual([])
  })

  test('I14 each person selects the rows that the API gives them, no more and no less', async () => {
    for (const [name, person] of people()) {
      const given = await apiRows(person)
      const compared = Object.keys(apiSide).filter((table) => 'route' in apiSide[table]!)
      expect(Object.keys(given).sort()).toEqual(compared.sort())
      for (const table of compared) {
        const selected = seen[name]![table]!.select
        expect(selected === 'denied' ? [] : selected, `${table} of ${name}`).toEqual(given[table]!.sort())
      }
    }
  })

  test('what the API tells nobody is no column for anybody', async () => {
    const untold = ['inboxes.secret', 'contacts.blocked_at', 'conversations.start_key', 'conversations.start_hash']
    untold.push('conversation_heads.last_internal_seq', 'participants.last_xid', 'events.payload_hash')
    for (const [table, column] of untold.map((name) => name.split('.'))) {
      const look = asPerson(world.db, world.people.owner!.claims, (tx) => tx.query(`select ${column} from ${table}`))
      await expect(look, `${table}.${column}`).rejects.toMatchObject(DENIED)
    }
  })

  test('nobody who signs in runs a function that writes or reads for the API', async () => {
    const executable = await world.db.query<{ name: string; by: string }>(
      `select proname as name, string_agg(guest, ' ') as by
       from pg_proc p, unnest(array['anon', 'authenticated', 'service_role']) guest
       where pronamespace = 'public'::regnamespace and has_function_privilege(guest, p.oid, 'execute')
       group by 1 order by 1`,
    )
    expect(executable).toEqual(
      [
        'am_agent',
        'i_may_read_topic',
        'i_may_write_topic',
        'i_see_conversation',
        'i_see_inbox',
        'my_kind',
        'my_workspace_id',
      ].map((name) => ({ name, by: 'authenticated' })),
    )
  })

  test('an agent who leaves the inbox sees its rows no more, by the same token', async () => {
    const { claims } = world.people['agent of the inbox']!
    const count = () =>
      asPerson(world.db, claims, (tx) => tx.query('select id from conversations')).then((rows) => rows.length)
    expect(await count()).toBe(2)
    const left = await world.db.query<{ agent_id: string }>(
      'delete from inbox_agents where agent_id = $1 returning agent_id',
      [claims.sub as string],
    )
    expect(left).toHaveLength(1)
    expect(await count()).toBe(0)
  })
})
