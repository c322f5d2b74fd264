import { describe, expect, test, vi } from 'vitest'
import { eventually } from '../../support/eventually.js'
import { connectPostgres } from '../../../backend/db/postgres.js'
import { createPostgresListener } from '../../../backend/db/postgres-listener.js'
import { engines, testPostgres } from '../../support/database.js'
import { silentGate } from '../../support/silent-gate.js'

const endOthers = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`

describe.runIf(engines.includes('postgres'))('when real Postgres goes away', () => {
  test('a running query fails as unavailable and the pool recovers', async () => {
    const { url, drop } = await testPostgres({ empty: true })
    const db = connectPostgres({ url, maxConnections: 2 })
    const other = connectPostgres({ url, maxConnections: 1 })
    const interrupted = expect(db.query('select pg_sleep(30)')).rejects.toMatchObject({
      code: 'unavailable',
      retryAfterMs: 1_000,
    })
    await eventually(async () => {
      expect(
        await other.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
        ),
      ).toHaveLength(1)
    })
    await other.query(endOthers)
    await interrupted
    await eventually(async () => expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]))
    await Promise.all([db.close(), other.close()])
    await drop()
  })

  test('what is asked while connections break is answered or fails, whatever the driver makes of it', async () => {
    const { url, drop } = await testPostgres({ empty: true })
    const { warm, close } = connectPostgres({ url })
    const other = connectPostgres({ url, maxConnections: 1 })
    const isBack = () => eventually(async () => expect(await warm.query('select 1 as one')).toEqual([{ one: 1 }]))
    const asked: Promise<unknown>[] = []
    for (let turn = 0; turn < 40; turn++) {
      await isBack()
      const ended = other.query(endOthers)
      for (let at = 0; at < 60; at++) {
        asked.push(warm.query('select $1::text as x', ['a'.repeat((at * 37) % 900)]).catch(() => {}))
        await new Promise((resolve) => setImmediate(resolve))
      }
      await ended
    }
    await Promise.all(asked)
    await isBack()
    await Promise.all([close(), other.close()])
    await drop()
  })

  test('a running transaction fails as unavailable and keeps nothing', async () => {
    const { url, drop } = await testPostgres({ empty: true })
    const db = connectPostgres({ url, maxConnections: 2 })
    const other = connectPostgres({ url, maxConnections: 1 })
    await db.query('create table notes (body text)')
    const interrupted = db.transaction(async (tx) => {
      await tx.query(`insert into notes values ('half')`)
      await other.query(endOthers)
      await tx.query('select 1')
    })
    await expect(interrupted).rejects.toMatchObject({ code: 'unavailable' })
    await eventually(async () => expect(await db.query('select * from notes')).toEqual([]))
    await Promise.all([db.close(), other.close()])
    await drop()
  })

  test('the listening session comes back, says so, and hears again', async () => {
    const { url, drop } = await testPostgres({ empty: true })
    const db = connectPostgres({ url, maxConnections: 1 })
    const heard: string[] = []
    const states: boolean[] = []
    await db.listen(
      'news',
      (payload) => heard.push(payload),
      (listening) => states.push(listening),
    )
    await db.query(`select pg_notify('news', 'before')`)
    await eventually(() => expect(heard).toEqual(['before']))

    await db.query(endOthers)
    await eventually(() => expect(states).toEqual([false, true]))
    await db.query(`select pg_notify('news', 'after')`)
    await eventually(() => expect(heard).toEqual(['before', 'after']))
    await db.close()
    await drop()
  })

  test('a listening session that goes silent without a word is given up for one that answers', async () => {
    const { url, drop } = await testPostgres({ empty: true })
    const db = connectPostgres({ url, maxConnections: 1 })
    const gate = await silentGate(url)
    const listener = createPostgresListener(() => gate.url, { everyMs: 50, answerMs: 500 })
    const heard: string[] = []
    const states: boolean[] = []
    await listener.listen(
      'news',
      (payload) => heard.push(payload),
      (listening) => states.push(listening),
    )
    const passed = gate.passed()
    await eventually(() => expect(gate.passed()).toBeGreaterThan(passed + 3))
    expect(states).toEqual([])

    gate.silence()
    await db.query(`select pg_notify('news', 'unheard')`)
    await eventually(() => expect(states).toEqual([false]))
    gate.speak()
    await eventually(() => expect(states).toEqual([false, true]))
    await db.query(`select pg_notify('news', 'heard')`)
    await eventually(() => expect(heard).toEqual(['heard']))
    await Promise.all([listener.close(), db.close()])
    gate.close()
    await drop()
  })

  test('connections that go silent without a word are given up for ones that answer', async () => {
    const { url, drop } = await testPostgres({ empty: true })
    const gate = await silentGate(url)
    const db = connectPostgres({ url: gate.url, answerMs: { pool: 60_000, warm: 500 } })
    const each = (text: string) =>
      Promise.all([db.query(text), db.warm.query(text), db.transaction((tx) => tx.query(text))])
    await each('select 1')
    const heard: string[] = []
    await db.listen('news', (payload) => heard.push(payload))
    gate.silence()
    const asked = expect(db.warm.query('select 1')).rejects.toMatchObject({ code: 'unavailable' })
    gate.speak()
    await asked
    expect(await each('select 1 as one')).toEqual([[{ one: 1 }], [{ one: 1 }], [{ one: 1 }]])
    // sooner than the listening session would notice by itself
    const isHeard = async () => {
      await db.query(`select pg_notify('news', 'heard')`)
      expect(heard).toContain('heard')
    }
    await vi.waitFor(isHeard, { timeout: 8_000 })
    await db.close()
    gate.close()
    await drop()
  })

  test('a database that lets everybody wait is not asked for ever more connections', async () => {
    const { url, drop } = await testPostgres({ empty: true })
    const db = connectPostgres({ url, maxConnections: 1, answerMs: { pool: 60_000, warm: 200 } })
    await db.warm.query('select 1')
    // given up, as a connection that had answered
    await expect(db.warm.query('select pg_sleep(20)')).rejects.toMatchObject({ code: 'unavailable' })
    // on a connection that has not answered before
    expect(await db.warm.query('select 1 as one from pg_sleep(3)')).toEqual([{ one: 1 }])
    await db.close()
    await drop()
  })

  test('a transaction may take longer than an answer', async () => {
    const { url, drop } = await testPostgres({ empty: true })
    const db = connectPostgres({ url, answerMs: { pool: 200, warm: 200 } })
    const slow = await db.transaction((tx) => tx.query('select 1 as one from pg_sleep(1)'))
    expect(slow).toEqual([{ one: 1 }])
    await db.close()
    await drop()
  })

  test('through a pooler without prepared statements the same queries work', async () => {
    const { url, drop } = await testPostgres({ empty: true })
    const db = connectPostgres({ url: `${url}?prepare=false`, listenUrl: url, maxConnections: 1 })
    const row = { json: { a: 1 }, texts: ['p'] }
    const ask = () => db.query('select $1::text::jsonb as json, $2::text[] as texts', ['{"a":1}', ['p']])
    expect([await ask(), await ask()]).toEqual([[row], [row]])
    expect(await db.query('select name from pg_prepared_statements')).toEqual([])
    await db.close()
    await drop()
  })
})
