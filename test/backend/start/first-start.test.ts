import { afterEach, describe, expect, test } from 'vitest'
import { insertWorkspace, prepareFirstStart } from '../../../backend/workspace/first-start.js'
import type { Db } from '../../../backend/db/client.js'
import { engines, testDatabase } from '../../support/database.js'

const administrator = { email: 'Me@Example.com', password: 'correct horse battery' }
const hash = async (password: string) => `hash of ${password.length}`
let db: Db
afterEach(() => db.close())

const agents = () =>
  db.query(
    `select a.email, a.role, s.password, w.name as workspace
     from agents a
     join workspaces w on w.id = a.workspace_id
     join sign_in."user" u on u.id = a.id
     left join sign_in.account s on s.user_id = a.id and s.provider_id = 'credential'
     order by a.created_at, a.email`,
  )
const count = async (table: 'inboxes' | 'workspaces') =>
  (await db.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n

describe('a fresh embedded database', () => {
  test('gets a demo workspace, an inbox of a readable key, an owner and a colleague', async () => {
    db = await testDatabase('pglite')
    await prepareFirstStart(db, undefined, hash)
    expect(await db.query('select key, name from inboxes')).toEqual([{ key: 'demo', name: 'Demo shop' }])
    expect(await agents()).toMatchObject([
      { email: 'ada@demo.example', role: 'owner', password: null },
      { email: 'sam@demo.example', role: 'agent', password: null },
    ])
  })

  test('gives the demo to the administrator of the environment', async () => {
    db = await testDatabase('pglite')
    await prepareFirstStart(db, administrator, hash)
    expect((await agents())[0]).toMatchObject({ email: 'me@example.com', role: 'owner', password: 'hash of 21' })
  })

  test('is prepared once, whatever the next start says', async () => {
    db = await testDatabase('pglite')
    await prepareFirstStart(db, administrator, hash)
    await prepareFirstStart(db, { ...administrator, password: 'another password' }, hash)
    await prepareFirstStart(db, undefined, hash)
    expect((await agents()).length).toBe(2)
    expect((await agents())[0]).toMatchObject({ password: 'hash of 21' })
    expect(await count('inboxes')).toBe(1)
  })
})

test('a used embedded database gets no demo', async () => {
  db = await testDatabase('pglite')
  await insertWorkspace(db, 'Ours')
  await prepareFirstStart(db, administrator, hash)
  expect(await count('inboxes')).toBe(0)
  expect(await agents()).toMatchObject([{ email: 'me@example.com', role: 'owner', workspace: 'Ours' }])
})

describe.runIf(engines.includes('postgres'))('a fresh Postgres', () => {
  test('gets no demo, and nothing at all without an administrator', async () => {
    db = await testDatabase('postgres')
    await prepareFirstStart(db, undefined, hash)
    expect(await count('workspaces')).toBe(0)
    await prepareFirstStart(db, administrator, hash)
    expect(await agents()).toMatchObject([{ email: 'me@example.com', role: 'owner', workspace: 'My workspace' }])
    expect(await count('inboxes')).toBe(0)
  })

  test('gets one administrator from many processes that start at once', async () => {
    db = await testDatabase('postgres')
    await Promise.all([1, 2, 3, 4].map(() => prepareFirstStart(db, administrator, hash)))
    expect((await agents()).length).toBe(1)
    expect(await count('workspaces')).toBe(1)
  })
})
