import { afterAll, beforeAll, expect, test } from 'vitest'
import { columnsOf } from '../../../backend/cli/export-rows.js'
import { leftTables, movedTables } from '../../../backend/cli/moved-tables.js'
import type { Db } from '../../../backend/db/client.js'
import { testDatabase } from '../../support/database.js'

let db: Db
beforeAll(async () => {
  db = await testDatabase('pglite')
})
afterAll(() => db.close())

test('an export knows every table there is: it takes it, or says why not', async () => {
  const found = await db.query<{ name: string }>(
    `select n.nspname || '.' || quote_ident(c.relname) as name
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname not in ('information_schema', 'pg_catalog', 'pg_toast')`,
  )
  const known = [...movedTables.map(({ name }) => name), ...Object.keys(leftTables)]
  expect(found.map(({ name }) => name).sort()).toEqual(known.sort())
})

test('no transaction id and no epoch leaves its database', async () => {
  for (const table of movedTables) {
    const taken = await columnsOf(db, table)
    expect(taken.filter(({ name, type }) => type === 'xid8' || name.endsWith('epoch'))).toEqual([])
  }
})

test('a column that stays behind has a default where the row arrives', async () => {
  for (const { name, renewed = [] } of movedTables) {
    const found = await db.query(
      'select 1 from pg_attribute where attrelid = $1::regclass and attname = any ($2::text[]) and atthasdef',
      [name, [...renewed]],
    )
    expect(found).toHaveLength(renewed.length)
  }
})

test('whoever is referred to comes before whoever refers', async () => {
  const references = await db.query<{ from: string; to: string }>(
    `select f.nspname || '.' || quote_ident(a.relname) as from, t.nspname || '.' || quote_ident(b.relname) as to
     from pg_constraint k
     join pg_class a on a.oid = k.conrelid join pg_namespace f on f.oid = a.relnamespace
     join pg_class b on b.oid = k.confrelid join pg_namespace t on t.oid = b.relnamespace
     where k.contype = 'f'`,
  )
  const place = (name: string) => movedTables.findIndex((table) => table.name === name)
  const backward = references.filter(({ from, to }) => place(to) > place(from))
  expect(references.length).toBeGreaterThan(10)
  expect(backward).toEqual([])
})
