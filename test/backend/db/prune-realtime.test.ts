import { expect, test } from 'vitest'
import { pruneRealtimeMessages } from '../../../backend/db/prune-realtime.js'
import { engines, testDatabase } from '../../support/database.js'

test.each(engines)('broadcasts older than 72 hours go, younger ones stay, on %s', async (engine) => {
  const db = await testDatabase(engine)
  await db.query(
    `insert into realtime.messages (topic, extension, inserted_at)
     select case when age >= 73 then 'old' else 'young' end, 'broadcast', now() at time zone 'utc' - make_interval(hours => age)
     from unnest(array[0, 71, 73, 500]) age`,
  )
  expect(await pruneRealtimeMessages(db)).toBe(2)
  expect(await db.query('select distinct topic from realtime.messages')).toEqual([{ topic: 'young' }])
  expect(await pruneRealtimeMessages(db)).toBe(0)
  await db.close()
})

test.each(engines)('where realtime belongs to Supabase nothing is pruned, on %s', async (engine) => {
  const db = await testDatabase(engine)
  await db.query('comment on schema realtime is null')
  await db.query(
    `insert into realtime.messages (topic, extension, inserted_at) values ('theirs', 'broadcast', now() - interval '9 days')`,
  )
  expect(await pruneRealtimeMessages(db)).toBe(0)
  await db.close()
})
