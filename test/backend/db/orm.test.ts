import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { bearer } from 'better-auth/plugins'
import { desc, eq, is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../../../backend/db/client.js'
import { orm } from '../../../backend/db/orm.js'
import * as schema from '../../../backend/db/schema.js'
import { engines, testDatabase } from '../../support/database.js'

describe.each(engines)('drizzle on %s', (engine) => {
  let db: Db
  beforeAll(async () => {
    db = await testDatabase(engine)
  })
  afterAll(() => db.close())

  test('its schema has the tables and columns of the migrations, no more and no less', async () => {
    const real = await db.query<{ place: string; column: string }>(
      `select table_schema || '.' || table_name as place,
         column_name || ' ' || case data_type when 'ARRAY' then substr(udt_name, 2) || '[]' else data_type end
           || case is_nullable when 'NO' then ' not null' else '' end as column
       from information_schema.columns
       where table_schema in ('public', 'sign_in')`,
    )
    const mirrored = Object.values<unknown>(schema)
      .filter((table) => is(table, PgTable))
      .flatMap((table) => {
        const { schema: of = 'public', name, columns } = getTableConfig(table)
        return columns.map(
          (column) => `${of}.${name} ${column.name} ${column.getSQLType()}${column.notNull ? ' not null' : ''}`,
        )
      })
    expect(mirrored.sort()).toEqual(real.map(({ place, column }) => `${place} ${column}`).sort())
  })

  test('rows go in with the defaults of the database and come back as written', async () => {
    const [workspace] = await orm(db).insert(schema.workspaces).values({ name: 'Ours' }).returning()
    const [inbox] = await orm(db)
      .insert(schema.inboxes)
      .values({
        workspaceId: workspace!.id,
        name: 'Site',
        key: 'key',
        secret: 'secret',
        allowedOrigins: ['https://a.example', 'https://b.example'],
        settings: { title: 'Say "hi"' },
      })
      .returning()
    expect(inbox).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      allowedOrigins: ['https://a.example', 'https://b.example'],
      settings: { title: 'Say "hi"' },
      createdAt: expect.stringMatching(/\+00$/),
    })
  })

  test('a join keeps columns of one name apart', async () => {
    const [row] = await orm(db)
      .select({ inbox: schema.inboxes.name, workspace: schema.workspaces.name })
      .from(schema.inboxes)
      .innerJoin(schema.workspaces, eq(schema.workspaces.id, schema.inboxes.workspaceId))
      .orderBy(desc(schema.inboxes.createdAt))
    expect(row).toEqual({ inbox: 'Site', workspace: 'Ours' })
  })

  test('the sign-in library finds its tables: sign up, sign in, session, sign out', async () => {
    const auth = betterAuth({
      baseURL: 'http://localhost:8787',
      basePath: '/v1/auth',
      secret: 'a secret that is long enough for a test',
      database: drizzleAdapter(orm(db), { provider: 'pg', schema }),
      advanced: { database: { generateId: 'uuid' } },
      emailAndPassword: { enabled: true },
      plugins: [bearer()],
      telemetry: { enabled: false },
    })
    const ask = (path: string, token: string | null, body?: object) =>
      auth.handler(
        new Request(`http://localhost:8787/v1/auth/${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      )
    const ada = { email: 'ada@shop.example', password: 'correct horse' }
    const created = (await (await ask('sign-up/email', null, { ...ada, name: 'Ada' })).json()) as {
      user: { id: string }
    }
    const signedIn = await ask('sign-in/email', null, ada)
    const token = signedIn.headers.get('set-auth-token')
    expect((await ask('sign-in/email', null, { ...ada, password: 'wrong horse' })).status).toBe(401)
    expect(await (await ask('get-session', token)).json()).toMatchObject({
      user: { id: created.user.id, email: ada.email },
    })
    expect(await db.query('select id, email from sign_in."user"')).toEqual([{ id: created.user.id, email: ada.email }])
    await ask('sign-out', token, {})
    expect(await (await ask('get-session', token)).json()).toBeNull()
  })
})
