import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { atMost } from '../../../backend/realtime/limits.js'
import { realtimeWorld, type World, join, listenTo, privately } from './world.js'

test('a count starts again with each window', () => {
  const mayCall = atMost(2, 1_000)
  expect([0, 1, 2, 999, 1_000, 1_001, 1_002].map(mayCall)).toEqual([true, true, false, false, true, true, false])
})

describe('limits', () => {
  let world: World
  afterEach(() => world.close())

  test('a channel beyond the allowed number is refused, the others live on', async () => {
    world = await realtimeWorld('pglite', { publicChannels: true })
    const client = await world.clientOf(world.ada)
    const first = await Promise.all(Array.from({ length: 100 }, (_, n) => join(client.channel(`room:${n}`))))
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set(['SUBSCRIBED']))
    expect(await join(client.channel('room:100'))).toEqual({
      status: 'CHANNEL_ERROR',
      reason: 'ChannelRateLimitReached: Too many channels',
    })
    expect(world.realtime.stats().channels).toBe(100)
  })

  test('too many joins are refused and end the socket with 1001', async () => {
    world = await realtimeWorld('pglite', { joinsPerSecond: 0.1, publicChannels: true })
    const raw = await world.rawSocket()
    const closed = once(raw.ws, 'close')
    raw.send(['1', '1', 'realtime:a', 'phx_join', {}])
    raw.send(['2', '2', 'realtime:b', 'phx_join', {}])
    expect((await closed)[0]).toBe(1001)
    const reason = 'ClientJoinRateLimitReached: Too many joins per second'
    expect(raw.received).toContainEqual([
      '2',
      '2',
      'realtime:b',
      'phx_reply',
      { status: 'error', response: { reason } },
    ])
  })

  test('too many broadcasts close the channel with a reason', async () => {
    world = await realtimeWorld('pglite', { messagesPerSecond: 0.2 })
    const live = `conversation:${world.conversationId}:live`
    const agent = await listenTo(await world.clientOf(world.agent), live)
    const { channel } = await listenTo(await world.clientOf(world.ada), live)
    const said: string[] = []
    channel.on('system', {}, ({ message }: { message: string }) => void said.push(message))
    for (const event of ['one', 'two', 'three']) await channel.send({ type: 'broadcast', event, payload: {} })
    await expect.poll(() => said).toEqual(['Too many messages per second'])
    await expect.poll(() => channel.state).toBe('closed')
    expect(agent.events()).toEqual(['one', 'two'])
  })

  test('broadcasts may go uncounted', async () => {
    world = await realtimeWorld('pglite', { messagesPerSecond: Infinity })
    const live = `conversation:${world.conversationId}:live`
    const { events } = await listenTo(await world.clientOf(world.agent), live)
    const { channel } = await listenTo(await world.clientOf(world.ada), live)
    for (let n = 0; n < 1_100; n++) void channel.send({ type: 'broadcast', event: 'typing', payload: {} })
    await expect.poll(() => events().length).toBe(1_100)
  })

  test('a socket beyond the allowed number is refused', async () => {
    world = await realtimeWorld('pglite', { sockets: 1 })
    await world.rawSocket()
    await expect(world.rawSocket()).rejects.toThrow('429')
  })

  test('a socket that says nothing is closed, one with a heartbeat is not', async () => {
    world = await realtimeWorld('pglite', { idleMs: 300 })
    const [silent, alive] = [await world.rawSocket(), await world.rawSocket()]
    const beating = setInterval(() => alive.send([null, '1', 'phoenix', 'heartbeat', {}]), 50)
    expect((await once(silent.ws, 'close'))[0]).toBe(1000)
    expect(alive.ws.readyState).toBe(alive.ws.OPEN)
    clearInterval(beating)
  })

  test('a socket that does not read is dropped, and the others go on', async () => {
    world = await realtimeWorld('pglite', { bufferedBytes: 100_000 })
    const topic = `contact:${world.ada.id}`
    const { events } = await listenTo(await world.clientOf(world.ada), topic)
    const raw = await world.rawSocket()
    raw.send([
      '1',
      '1',
      `realtime:${topic}`,
      'phx_join',
      { ...privately(), access_token: await world.tokenOf(world.ada) },
    ])
    await expect.poll(() => raw.received.length).toBe(1)
    raw.ws.pause()
    const text = 'x'.repeat(200_000)
    let sent = 0
    while (world.realtime.stats().sockets > 1) {
      await world.publish(topic, 'big', { text })
      sent++
      await expect.poll(() => events().length).toBe(sent)
    }
    await world.publish(topic, 'fence', {})
    await expect.poll(() => events().at(-1)).toBe('fence')
  })

  test('a frame beyond the allowed size ends the socket', async () => {
    world = await realtimeWorld('pglite', { frameBytes: 1_000 })
    const raw = await world.rawSocket()
    const closed = once(raw.ws, 'close')
    raw.ws.send('x'.repeat(1_001))
    await closed
    await expect.poll(() => world.realtime.stats().sockets).toBe(0)
  })
})
