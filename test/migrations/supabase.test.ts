import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../../backend/db/client.js'
import { connectPostgres } from '../../backend/db/postgres.js'
import { migrate } from '../../migrations/migrate.js'
import { rightsOnTopic } from '../contract/as-person.js'
import { aConversation, aShop, broadcasts, type Shop } from '../contract/shop.js'
import { engines } from '../support/database.js'
import { type SupabaseDatabase, supabaseDatabase } from '../support/supabase-database.js'

const THEIRS = `('auth', 'realtime', 'storage', 'extensions')`
/** Everything there is in Supabase's schemas, and who may do what with it; policies apart. */
const catalog = `
  select 'schema' as kind, n.nspname::text as name, n.nspacl::text as detail, n.nspowner::regrole::text as owner
  from pg_namespace n where n.nspname in ${THEIRS}
  union all
  select 'relation ' || c.relkind::text, c.oid::regclass::text, concat_ws(' ', c.relacl, c.relrowsecurity, c.relreplident), c.relowner::regrole::text
  from pg_class c where c.relnamespace in (select oid from pg_namespace where nspname in ${THEIRS})
  union all
  select 'function', p.oid::regprocedure::text, concat_ws(' ', p.proacl, p.prosrc), p.proowner::regrole::text
  from pg_proc p where p.pronamespace in (select oid from pg_namespace where nspname in ${THEIRS})
  union all
  select 'type', t.oid::regtype::text, t.typacl::text, t.typowner::regrole::text
  from pg_type t where t.typnamespace in (select oid from pg_namespace where nspname in ${THEIRS})
  union all
  select 'trigger', t.tgname, t.tgrelid::regclass::text, ''
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where not t.tgisinternal and c.relnamespace in (select oid from pg_namespace where nspname in ${THEIRS})
  union all
  select 'publication', p.pubname, (select string_agg(r.prrelid::regclass::text, ' ') from pg_publication_rel r), p.puballtables::text
  from pg_publication p
  order by 1, 2`
/** Published rows of a table are found by its key: nobody asked for more of the WAL. */
const otherReplicaIdentities = `select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p') and c.relreplident <> 'd' and c.relnamespace in ('public'::regnamespace, 'parley'::regnamespace, 'sign_in'::regnamespace)`

describe.runIf(engines.includes('postgres'))('migrations on a database laid out as Supabase’s', () => {
  let project: SupabaseDatabase
  let before: unknown
  let db: Db
  let ran: string[][]
  let shop: Shop
  beforeAll(async () => {
    project = await supabaseDatabase()
    db = connectPostgres({ url: project.url, maxConnections: 2 })
    before = await project.admin.query(catalog)
    await db.query(`
      create table shop_prices (id int primary key);
      create function shop_price(id int) returns int language sql as 'select 1'`)
    const starters = [1, 2, 3, 4].map(() => connectPostgres({ url: `${project.url}?prepare=false`, maxConnections: 1 }))
    ran = await Promise.all(starters.map((starter) => migrate(starter)))
    await Promise.all(starters.map((starter) => starter.close()))
    shop = await aShop(db)
  })
  afterAll(async () => {
    await db.close()
    await project.drop()
  })

  test('several starters at once run them once, without what Supabase has, and a second time nothing is left', async () => {
    const files = ran.flat()
    expect(ran.filter((some) => some.length > 0)).toHaveLength(1)
    expect(files).toEqual(expect.arrayContaining(['0001_people.sql', 'policies.sql', 'close-functions.sql']))
    expect(files).not.toContain('plain-postgres.sql')
    expect(await migrate(db)).toEqual([])
  })

  test('nothing of ours is in Supabase’s schemas, publication and replica identities but two policies', async () => {
    expect(await project.admin.query(catalog)).toEqual(before)
    expect(await project.admin.query(otherReplicaIdentities)).toEqual([])
    const policies = `select polname::text as name, polrelid::regclass::text as of from pg_policy p join pg_class c on c.oid = p.polrelid
      where c.relnamespace in (select oid from pg_namespace where nspname in ${THEIRS}) order by 1`
    expect(await project.admin.query(policies)).toEqual([
      { name: 'parley_reads', of: 'realtime.messages' },
      { name: 'parley_writes', of: 'realtime.messages' },
    ])
  })

  test('nothing was tried there that a project’s owner may not do: policies were made, and no more', async () => {
    const acts = `select distinct tag from watch.acts
      where schema_name in ${THEIRS} or object ~ '(auth|realtime|storage|extensions)[.]' order by 1`
    expect((await project.admin.query<{ tag: string }>(acts)).map(({ tag }) => tag)).toEqual(['CREATE POLICY'])
  })

  test('a later version that changes functions only touches no policy: each would lock the project’s sign-in', async () => {
    await project.admin.query(`truncate watch.acts`)
    await db.query(`update parley.migrations set hash = 'of another text' where name like 'functions/%'`)
    expect(await migrate(db)).toContain('close-functions.sql')
    expect(await project.admin.query(`select * from watch.acts where tag like '%POLICY'`)).toEqual([])
  })

  test('anon, authenticated and service_role may execute no more than what policies ask', async () => {
    const executable = await db.query<{ line: string }>(
      `select p.proname || ' by ' || string_agg(r, ', ' order by r) as line
       from pg_proc p, unnest(array['anon', 'authenticated', 'service_role']) r
       where p.pronamespace = 'public'::regnamespace and has_function_privilege(r, p.oid, 'execute')
       group by p.oid order by 1`,
    )
    expect(executable.map(({ line }) => line)).toEqual([
      'am_agent by authenticated',
      'i_may_read_topic by authenticated',
      'i_may_write_topic by authenticated',
      'i_see_conversation by authenticated',
      'i_see_inbox by authenticated',
      'my_kind by authenticated',
      'my_workspace_id by authenticated',
      'shop_price by anon, authenticated, service_role',
    ])
  })

  test('anon and service_role have no right on a table of ours, authenticated none but to read', async () => {
    const rights = await db.query(
      `select distinct acl.grantee::regrole::text as who, acl.privilege_type as may
       from (
         select x.* from pg_class c, aclexplode(c.relacl) x
         where c.relnamespace in ('public'::regnamespace, 'parley'::regnamespace, 'sign_in'::regnamespace) and c.relname <> 'shop_prices'
         union all
         select x.* from pg_attribute a join pg_class c on c.oid = a.attrelid, aclexplode(a.attacl) x
         where c.relnamespace = 'public'::regnamespace
       ) acl
       where acl.grantee <> (select oid from pg_roles where rolname = current_user)`,
    )
    expect(rights).toEqual([{ who: 'authenticated', may: 'SELECT' }])
  })

  test('a project’s own tables and functions keep their grants', async () => {
    const [kept] = await db.query(
      `select has_table_privilege('anon', 'shop_prices', 'insert') as writes, has_function_privilege('anon', 'shop_price(int)', 'execute') as runs`,
    )
    expect(kept).toEqual({ writes: true, runs: true })
  })

  test('every function that runs as its owner has a pinned search path', async () => {
    const definers = await db.query<{ name: string; pinned: boolean }>(
      `select proname as name, coalesce('search_path=public, pg_temp' = any (proconfig), false) as pinned
       from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by 1`,
    )
    expect(definers.map(({ name }) => name)).toContain('i_may_read_topic')
    expect(definers.filter(({ pinned }) => !pinned)).toEqual([])
  })

  test('a message arrives on realtime.messages by Supabase’s own send', async () => {
    const conversationId = await aConversation(db, shop)
    expect(await broadcasts(db, `conversation:${conversationId}`)).toEqual([
      { event: 'event', seq: 1 },
      { event: 'event', seq: 2 },
    ])
    const [row] = await db.query(
      `select extension, private, payload ->> 'conversationId' as conversation, payload ->> 'id' = id::text as named
       from realtime.messages where topic = $1 limit 1`,
      [`conversation:${conversationId}`],
    )
    expect(row).toEqual({ extension: 'broadcast', private: true, conversation: conversationId, named: true })
  })

  test('a channel is read and written by Supabase’s way of asking as the policies say', async () => {
    const conversationId = await aConversation(db, shop)
    const contact = { role: 'authenticated', kind: 'contact', sub: shop.contactId, workspace_id: shop.workspaceId }
    const topic = `conversation:${conversationId}`
    expect(await rightsOnTopic(db, contact, topic)).toBe('read')
    expect(await rightsOnTopic(db, contact, `${topic}:live`)).toBe('read, write')
    expect(await rightsOnTopic(db, contact, `${topic}:internal`)).toBe('–')
    expect(await rightsOnTopic(db, { role: 'anon' }, topic)).toBe('–')
  })
})

describe.runIf(engines.includes('postgres'))('a database whose Realtime has not started yet', () => {
  test('is refused and left alone, with what to do', async () => {
    const project = await supabaseDatabase()
    await project.admin.query('drop table realtime.messages')
    const db = connectPostgres({ url: project.url, maxConnections: 1 })
    await expect(migrate(db)).rejects.toThrow('without realtime.messages: let Supabase Realtime start once')
    expect(await db.query(`select 1 from pg_namespace where nspname = 'parley'`)).toEqual([])
    await db.close()
    await project.drop()
  })
})
