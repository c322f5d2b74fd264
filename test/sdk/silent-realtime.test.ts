import { afterEach, describe, expect, test } from 'vitest'
import { createPostgresListener } from '../../backend/db/postgres-listener.js'
import { connectPostgres } from '../../backend/db/postgres.js'
import { engines, testDatabase, testPostgres } from '../support/database.js'
import { eventually } from '../support/eventually.js'
import { silentGate } from '../support/silent-gate.js'
import { makeWorld, type World } from '../support/world.js'
import { anAskingVisitor, live, shows } from './asking-visitor.js'
import { lossySocket, lost } from './lossy-socket.js'
import { withHearing } from './lost-hearing.js'

let world: World
afterEach(() => world.close())
const readiness = async () => (await world.caller().get('/health/ready')).body

describe.each(engines)('live, and silent, on %s', (engine) => {
  /** Live all the while, so that nothing but asking now and then brings the answer. */
  async function showsThoughSilent(
    { chat, conversation, answer, phases }: Awaited<ReturnType<typeof anAskingVisitor>>,
    silence: () => unknown = () => {},
  ) {
    await silence()
    phases.length = 0
    await answer('I am.')
    await shows(conversation, 'I am.')
    expect(phases.filter((phase) => phase !== 'live')).toEqual([])
    await chat.close()
  }

  test('I10 what the database could not tell of is committed, and asked for in time', async () => {
    world = await makeWorld(engine)
    // as a missing partition would: realtime.send warns, and its caller goes on
    await showsThoughSilent(await anAskingVisitor(world), () =>
      world.db.query('alter table realtime.messages add constraint full_disk check (false) not valid'),
    )
  })

  test('I10 what a green socket never gave is asked for in time', async () => {
    world = await makeWorld(engine)
    const { way, socket } = lossySocket()
    way.fate = lost
    await showsThoughSilent(await anAskingVisitor(world, { socket }))
  })

  test('I10 what a half-open connection swallows is asked for in time', async () => {
    world = await makeWorld(engine)
    const { way, socket } = lossySocket()
    await showsThoughSilent(await anAskingVisitor(world, { socket }), () => (way.isMute = true))
  })

  test('I10 what was committed while the replication slot was gone is asked for in time', async () => {
    const hearing = withHearing(await testDatabase(engine))
    world = await makeWorld(engine, { db: hearing.db })
    const visitor = await anAskingVisitor(world)
    await showsThoughSilent(visitor, hearing.lose)
    expect(await readiness()).toMatchObject({ realtime: 'down' })
  })

  test.each([
    ['over the rate of the server', { serverMessagesPerSecond: 0 }],
    ['over the largest payload', { payloadBytes: 100 }],
  ])('I10 what was left out for being %s is asked for in time', async (_way, realtimeLimits) => {
    world = await makeWorld(engine, { realtimeLimits })
    await showsThoughSilent(await anAskingVisitor(world))
  })

  test('I10 a slot that is never made leaves the client to its polls; once it is made, it is live', async () => {
    const hearing = withHearing(await testDatabase(engine))
    world = await makeWorld(engine, { db: hearing.db })
    hearing.lose()
    const { chat, conversation, answer, phases } = await anAskingVisitor(world, { isLive: false })
    await answer('I am.')
    await shows(conversation, 'I am.')
    await eventually(() =>
      expect(chat.connection.getSnapshot()).toMatchObject({ phase: 'degraded', transport: 'poll' }),
    )
    expect(phases).not.toContain('live')
    hearing.find()
    await live(chat)
    await chat.close()
  })

  test('I10 a rejoin that is answered before the slot is made again is not called live, and misses nothing', async () => {
    const hearing = withHearing(await testDatabase(engine))
    world = await makeWorld(engine, { db: hearing.db })
    const { way, socket, cut } = lossySocket()
    const { chat, conversation, answer, phases } = await anAskingVisitor(world, { socket })
    hearing.lose()
    phases.length = 0
    cut()
    await eventually(() => expect(way.joins).toBeGreaterThan(0))
    await answer('I am.')
    await shows(conversation, 'I am.')
    expect(phases).not.toContain('live')
    hearing.find()
    await live(chat)
    await answer('Still.')
    await shows(conversation, 'I am.', 'Still.')
    await chat.close()
  })
})

test.runIf(engines.includes('postgres'))(
  'I10 what a stalled listening session never gave is asked for, and another takes its place',
  async () => {
    const { url, drop } = await testPostgres()
    const [pool, gate] = [connectPostgres({ url }), await silentGate(url)]
    const listener = createPostgresListener(() => gate.url, { everyMs: 100, answerMs: 1_000 })
    const close = () => Promise.all([pool.close(), listener.close()]).then(() => (gate.close(), drop()))
    world = await makeWorld('postgres', { db: { ...pool, listen: listener.listen, close } })
    const { chat, conversation, answer } = await anAskingVisitor(world)
    gate.silence()
    await answer('I am.')
    await shows(conversation, 'I am.')
    await eventually(async () => expect(await readiness()).toMatchObject({ realtime: 'down' }))
    gate.speak()
    await eventually(async () => expect(await readiness()).toMatchObject({ realtime: 'ready' }))
    await chat.close()
  },
)
