import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.js'
import { violatedConstraint } from '../../../backend/db/errors.js'
import type { Db } from '../../../backend/db/client.js'
import { ChatError } from '../../../sdk/protocol/errors.js'
import { engines, testDatabase } from '../../support/database.js'

const AN_ID = '0198a000-0000-7000-8000-000000000000'

describe.each(engines)('database on %s', (engine) => {
  let db: Db
  beforeAll(async () => {
    db = await testDatabase(engine)
    await db.query('create table notes (body text constraint notes_body_unique unique)')
  })
  afterAll(() => db.close())
  const notes = async () =>
    (await db.query<{ body: string }>('select body from notes order by body')).map((row) => row.body)

  test('every kind of value comes back the same from both engines', async () => {
    const [row] = await db.query(
      `select $1::text as text, $2::int8 as int8, $3::text::jsonb as json, $4::bytea as bytes, $5::text[] as texts,
        $6::uuid[] as ids, $7::bool as bool, $8::timestamptz as at, $9::int4 as int4, $10::text as nothing`,
      [
        'é',
        9_007_199_254_740_991,
        '{"a":[1]}',
        new Uint8Array([0, 255]),
        ['p', 'q,"'],
        [AN_ID],
        true,
        '2026-01-01T01:00:00.123456+01:00',
        4,
        null,
      ],
    )
    expect(row).toEqual({
      text: 'é',
      int8: 9_007_199_254_740_991,
      json: { a: [1] },
      bytes: new Uint8Array([0, 255]),
      texts: ['p', 'q,"'],
      ids: [AN_ID],
      bool: true,
      at: '2026-01-01 00:00:00.123456+00',
      int4: 4,
      nothing: null,
    })
  })

  test('empty lists are lists and a json string is not parsed twice', async () => {
    const [row] = await db.query(`select $1::text[] as texts, $2::text::jsonb as json`, [[], '"{}"'])
    expect(row).toEqual({ texts: [], json: '{}' })
  })

  test('tuples keep two columns of one name apart', async () => {
    expect(await db.tuples('select 1 as id, 2 as id where $1', [true])).toEqual([[1, 2]])
  })

  test('a text of several statements answers with the rows of the last', async () => {
    expect(await db.query('select 1 as a; select 2 as b')).toEqual([{ b: 2 }])
  })

  test('a refusal of ours arrives with its code and the moment to try again', async () => {
    const refused = db.query(`select refuse('rate_limited', 'too many of these', 7)`)
    await expect(refused).rejects.toMatchObject({ name: 'ChatError', code: 'rate_limited', retryAfterMs: 7_000 })
    await expect(refused).rejects.toThrow('; too many of these')
  })

  test('a violated constraint is the error of the driver and names the constraint', async () => {
    const twice = db.query(`insert into notes values ('once'), ('once')`)
    await expect(twice).rejects.not.toBeInstanceOf(ChatError)
    await expect(twice).rejects.toMatchObject({ code: '23505' })
    expect(violatedConstraint(await twice.catch((error: unknown) => error))).toBe('notes_body_unique')
  })

  test('a transaction keeps what it wrote only when it ends well', async () => {
    await db.transaction(async (tx) => tx.query(`insert into notes values ('kept')`))
    const failing = db.transaction(async (tx) => {
      await tx.query(`insert into notes values ('gone')`)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await notes()).toEqual(['kept'])
  })

  test('a transaction whose statement failed writes nothing, even when the error was caught', async () => {
    const before = await notes()
    const failing = db.transaction(async (tx) => {
      await tx.query(`insert into notes values ('half')`)
      await tx.query(`select 1 / 0`).catch(() => {})
    })
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    expect(await notes()).toEqual(before)
  })

  test('a query from outside never runs as part of a transaction', async () => {
    let go = () => {}
    const gate = new Promise<void>((resolve) => (go = resolve))
    const failing = db.transaction(async (tx) => {
      await tx.query('select 1')
      await gate
      throw new Error('undone')
    })
    const outside = db.query(`insert into notes values ('outside')`)
    go()
    await expect(failing).rejects.toThrow('undone')
    await outside
    expect(await notes()).toContain('outside')
  })

  test('transactions that start together all succeed', async () => {
    await db.query('create table counters (n int8); insert into counters values (0)')
    const add = () =>
      db.transaction(async (tx) => {
        const [row] = await tx.query<{ n: number }>('select n from counters for update')
        await tx.query('update counters set n = $1', [row!.n + 1])
      })
    await Promise.all(Array.from({ length: 20 }, add))
    expect(await db.query('select n from counters')).toEqual([{ n: 20 }])
  })

  test('the database itself inside a transaction is an error, not a wait for ever', async () => {
    const mixed = db.transaction(() => db.query('select 1'))
    await expect(mixed).rejects.toThrow('use its `tx`')
    const nested = db.transaction(() => db.transaction(() => Promise.resolve()))
    await expect(nested).rejects.toThrow('use its `tx`')
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a notification is heard once committed, not when rolled back, not after the stop', async () => {
    const heard: string[] = []
    const stop = await db.listen('news', (payload) => heard.push(payload))
    await db
      .transaction(async (tx) => {
        await tx.query(`select pg_notify('news', 'undone')`)
        throw new Error('undone')
      })
      .catch(() => {})
    await db.transaction((tx) => tx.query(`select pg_notify('news', 'done')`))
    await eventually(() => expect(heard).toEqual(['done']))

    await stop()
    const marks: string[] = []
    await db.listen('marks', (payload) => marks.push(payload))
    await db.query(`select pg_notify('news', 'late'); select pg_notify('marks', 'end')`)
    await eventually(() => expect(marks).toEqual(['end']))
    expect(heard).toEqual(['done'])
  })

  test('after closing, a query fails as unavailable', async () => {
    const other = await testDatabase(engine)
    await other.query('select 1')
    await other.close()
    await expect(other.query('select 1')).rejects.toMatchObject({ code: 'unavailable' })
  })
})
