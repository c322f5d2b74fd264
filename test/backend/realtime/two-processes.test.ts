import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engines } from '../../support/database.js'
import { listenTo, realtimeWorld, type World } from './world.js'

describe.runIf(engines.includes('postgres'))('several servers on one Postgres', () => {
  let world: World
  let other: World
  beforeAll(async () => {
    world = await realtimeWorld('postgres')
    other = await world.beside()
  })
  afterAll(async () => {
    await other.close()
    await world.close()
  })

  test('a client of either hears the database and the typing of the other, once', async () => {
    const live = `conversation:${world.conversationId}:live`
    const ada = await listenTo(await world.clientOf(world.ada), live)
    const agent = await listenTo(await other.clientOf(world.agent), live)
    await ada.channel.send({ type: 'broadcast', event: 'typing', payload: { ttlMs: 1 } })
    await expect.poll(agent.events).toEqual(['typing'])
    await agent.channel.send({ type: 'broadcast', event: 'answering', payload: { ttlMs: 1 } })
    await expect.poll(ada.events).toEqual(['answering'])
    await world.publish(live, 'fence', {})
    await expect.poll(ada.events).toEqual(['answering', 'fence'])
    await expect.poll(agent.events).toEqual(['typing', 'fence'])
  })

  test('a lost listening session is counted and comes back, and its channels live on', async () => {
    const topic = `contact:${world.ada.id}`
    const { events } = await listenTo(await world.clientOf(world.ada), topic)
    await world.db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'parley listening' and datname = current_database()`,
    )
    await expect.poll(() => world.realtime.stats()).toMatchObject({ lostListening: 1 })
    await expect.poll(() => world.realtime.stats().listening, { timeout: 5_000 }).toBe(true)
    await world.publish(topic, 'head', {})
    await expect.poll(events).toEqual(['head'])
  })
})
