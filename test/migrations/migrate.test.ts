import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { connectPostgres } from '../../backend/db/postgres.js'
import type { Db } from '../../backend/db/client.js'
import { migrate } from '../../migrations/migrate.js'
import { aShop } from '../contract/shop.js'
import { engines, testDatabase, testPostgres } from '../support/database.js'

const WRONG_HASH = 'of another text'

describe.each(engines)('migrations on %s', (engine) => {
  const withDatabase = async (work: (db: Db) => Promise<void>) => {
    const db = await testDatabase(engine)
    await work(db).finally(() => db.close())
  }

  test('a database that is up to date is left alone', () =>
    withDatabase(async (db) => {
      expect(await migrate(db)).toEqual([])
    }))

  test('a changed function runs again, and what closes functions after it', () =>
    withDatabase(async (db) => {
      await db.query(`update parley.migrations set hash = $1 where name = 'functions/sync.sql'`, [WRONG_HASH])
      expect(await migrate(db)).toEqual(['functions/sync.sql', 'close-functions.sql'])
      expect(await migrate(db)).toEqual([])
    }))

  test('a numbered file that was changed after it ran is refused', () =>
    withDatabase(async (db) => {
      await db.query(`update parley.migrations set hash = $1 where name = '0001_people.sql'`, [WRONG_HASH])
      await expect(migrate(db)).rejects.toThrow('0001_people.sql was changed after it ran')
    }))

  test('a database made by a newer version is refused and not changed', () =>
    withDatabase(async (db) => {
      await db.query(`insert into parley.migrations (name, hash) values ('9999_later.sql', 'x')`)
      await db.query(`update parley.migrations set hash = $1 where name = 'functions/sync.sql'`, [WRONG_HASH])
      await expect(migrate(db)).rejects.toThrow('made by a newer version (9999_later.sql)')
      expect(await db.query(`select hash from parley.migrations where name = 'functions/sync.sql'`)).toEqual([
        { hash: WRONG_HASH },
      ])
    }))

  test('processes of before there was a list of them are taken to listen for an hour; on a new database there are none', () =>
    withDatabase(async (db) => {
      expect(await db.query('select id from realtime.listeners')).toEqual([])
      await db.query(`drop table realtime.listeners cascade`)
      await db.query(`update parley.migrations set hash = $1 where name = 'plain-postgres.sql'`, [WRONG_HASH])
      await migrate(db)
      const listening = `select 1 as one from parley.listeners l join realtime.listeners r using (id)
        where r.seen_at between now() + interval '59 minutes' and now() + interval '1 hour'`
      expect(await db.query(listening)).toEqual([{ one: 1 }])
    }))

  test('what Supabase brings along is not touched there', () =>
    withDatabase(async (db) => {
      await db.query(
        `comment on schema realtime is null; delete from parley.migrations where name = 'plain-postgres.sql'`,
      )
      expect(await migrate(db)).toEqual([])
    }))
})

describe.runIf(engines.includes('postgres'))('migrations by several processes', () => {
  test.each([true, false])('6 starters at once migrate once (prepared statements: %s)', async (prepare) => {
    const { url, drop } = await testPostgres({ empty: true })
    const starters = Array.from({ length: 6 }, () =>
      connectPostgres({ url: `${url}?prepare=${prepare}`, maxConnections: 1 }),
    )
    const ran = await Promise.all(starters.map((db) => migrate(db)))
    expect(ran.filter((files) => files.length > 0)).toHaveLength(1)
    expect(ran.flat()).toContain('policies.sql')
    await Promise.all(starters.map((db) => db.close()))
    await drop()
  })

  test('an owner who is no superuser can migrate, and channels are authorised for them', async () => {
    const { url, drop } = await testPostgres({ empty: true })
    const admin = connectPostgres({ url, maxConnections: 1 })
    const role = `parley_owner_${randomUUID().slice(0, 8)}`
    await admin.query(
      `create role ${role} login createrole; alter database ${new URL(url).pathname.slice(1)} owner to ${role}`,
    )
    const db = connectPostgres({ url: Object.assign(new URL(url), { username: role }).href, maxConnections: 1 })
    try {
      await migrate(db)
      const { workspaceId, contactId } = await aShop(db)
      const claims = { role: 'authenticated', kind: 'contact', sub: contactId, workspace_id: workspaceId }
      const [answer] = await db.query(`select realtime.authorize($1::text::jsonb, $2) -> 'read' as read`, [
        JSON.stringify(claims),
        `contact:${contactId}`,
      ])
      expect(answer).toEqual({ read: { broadcast: true, presence: true } })
    } finally {
      await db.close()
      await admin.query(`reassign owned by ${role} to current_user; drop owned by ${role}; drop role ${role}`)
      await admin.close()
      await drop()
    }
  })
})
