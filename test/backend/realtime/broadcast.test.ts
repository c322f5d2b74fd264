import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engines } from '../../support/database.js'
import { binaryPush, readBinary } from './binary-frames.js'
import { listenTo, privately, realtimeWorld, type World } from './world.js'

const typing = { type: 'broadcast' as const, event: 'typing', payload: { ttlMs: 6000 } }

describe.each(engines)('broadcasts of clients on %s', (engine) => {
  let world: World
  let live: string
  beforeAll(async () => {
    world = await realtimeWorld(engine)
    live = `conversation:${world.conversationId}:live`
  })
  afterAll(() => world.close())

  test('typing reaches the other side and not the sender', async () => {
    const ada = await listenTo(await world.clientOf(world.ada), live)
    const agent = await listenTo(await world.clientOf(world.agent), live)
    await ada.channel.send(typing)
    await expect.poll(() => agent.heard).toMatchObject([{ event: 'typing', payload: { ttlMs: 6000 } }])
    await world.publish(live, 'fence', {})
    await expect.poll(ada.events).toEqual(['fence'])
  })

  test('what a client writes where only the database may reaches nobody, and it is not told', async () => {
    const topic = `conversation:${world.conversationId}`
    const client = await world.clientOf(world.ada)
    const ada = await listenTo(client, topic, { broadcast: { ack: true, self: true } })
    const agent = await listenTo(await world.clientOf(world.agent), topic)
    const answer = ada.channel.send({ ...typing, event: 'event' }, { timeout: 150 })
    expect(await answer).toBe('timed out')
    await world.publish(topic, 'fence', {})
    await expect.poll(ada.events).toEqual(['fence'])
    await expect.poll(agent.events).toEqual(['fence'])
  })

  test('an acknowledged one is answered, after the sender heard itself if it asked to', async () => {
    const { channel, events } = await listenTo(await world.clientOf(world.ada), live, {
      broadcast: { ack: true, self: true },
    })
    expect(await channel.send(typing)).toBe('ok')
    expect(events()).toEqual(['typing'])
  })

  test('one that is too large is answered with an error and passed on to nobody', async () => {
    const agent = await listenTo(await world.clientOf(world.agent), live)
    const { channel } = await listenTo(await world.clientOf(world.ada), live, { broadcast: { ack: true } })
    expect(await channel.send({ ...typing, event: 'big', payload: { text: 'x'.repeat(256_001) } })).toBe('error')
    expect(await channel.send(typing)).toBe('ok')
    await expect.poll(agent.events).toEqual(['typing'])
  })

  test('clients of both versions hear each other and the database', async () => {
    const old = await listenTo(await world.clientOf(world.ada, { vsn: '1.0.0' }), live)
    const current = await listenTo(await world.clientOf(world.agent), live)
    await old.channel.send({ ...typing, event: 'from-old' })
    await expect.poll(current.events).toEqual(['from-old'])
    await current.channel.send({ ...typing, event: 'from-current' })
    await world.publish(live, 'from-database', { n: 1 })
    await expect.poll(old.events).toEqual(['from-current', 'from-database'])
    await expect.poll(current.events).toEqual(['from-old', 'from-database'])
    expect(old.heard[1]!.meta).toEqual(current.heard[1]!.meta)
  })

  test('raw bytes pass through to 2.0.0 and leave 1.0.0 out', async () => {
    const topic = `realtime:${live}`
    const payload = { ...privately(), access_token: await world.tokenOf(world.ada) }
    const [current, old] = [await world.rawSocket(), await world.rawSocket('1.0.0')]
    current.send(['1', '1', topic, 'phx_join', { ...payload, config: { private: true, broadcast: { self: true } } }])
    old.send({ topic, event: 'phx_join', payload, ref: '1', join_ref: '1' })
    await expect.poll(() => [current.received.length, old.received.length]).toEqual([1, 1])
    current.send(binaryPush({ joinRef: '1', ref: '2', topic, event: 'raw', body: Buffer.from('hi'), isRaw: true }))
    current.send(['1', '3', topic, 'broadcast', { type: 'broadcast', event: 'fence', payload: {} }])
    await expect.poll(() => current.received.length).toBe(3)
    expect(readBinary(current.received[1] as Buffer)).toEqual({
      topic,
      event: 'raw',
      meta: '',
      encoding: 0,
      body: 'hi',
    })
    await expect
      .poll(() => old.received.slice(1))
      .toEqual([{ ref: null, event: 'broadcast', payload: { type: 'broadcast', event: 'fence', payload: {} }, topic }])
  })
})
