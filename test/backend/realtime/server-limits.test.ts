import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { createRate, createRates } from '../../../backend/realtime/rates.js'
import { recordedHeard } from './heard.js'
import { readRecording } from './recording.js'
import { replay } from './replay.js'
import { join, listenTo, realtimeWorld, type World } from './world.js'

test('a rate counts by the window and tells what is left, one without a bound counts nothing', () => {
  const rate = createRate(3, 1_000)
  expect([rate.take(2, 0), rate.left(1), rate.take(1, 2), rate.left(3)]).toEqual([true, 1, true, 0])
  expect([rate.take(1, 999), rate.left(999), rate.left(1_000), rate.take(3, 1_000)]).toEqual([false, 0, 3, true])
  const unbounded = createRate(Infinity, 1_000)
  expect([unbounded.take(1e9), unbounded.left()]).toEqual([true, Infinity])
})

test('rates by key know nothing of each other, and nothing is kept of a window that has passed', () => {
  const rateOf = createRates(1, 1_000)
  expect([rateOf('ada', 0).take(1, 0), rateOf('ada', 1).take(1, 1), rateOf('bob', 1).take(1, 1)]).toEqual([
    true,
    false,
    true,
  ])
  expect(rateOf('ada', 1_000).left(1_000)).toBe(1)
})

describe('limits of the server as a whole', () => {
  let world: World
  let live: string
  afterEach(() => world.close())

  async function serving(limits: Parameters<typeof realtimeWorld>[1]) {
    world = await realtimeWorld('pglite', limits)
    live = `conversation:${world.conversationId}:live`
  }
  const systemOf = ({ channel }: Awaited<ReturnType<typeof listenTo>>) => {
    const said: string[] = []
    channel.on('system', {}, ({ message }: { message: string }) => void said.push(message))
    return said
  }

  test('with the rate of a project, what became of the recorded channels becomes of them here', async () => {
    await serving({ publicChannels: true, messagesPerSecond: Infinity, serverMessagesPerSecond: 100 })
    for (const scenario of readRecording().filter(({ name }) => name.startsWith('limit_events')))
      expect([scenario.name, await replay(world, scenario)]).toEqual([scenario.name, recordedHeard(scenario.steps)])
  })

  test('a broadcast counts once sent and once per receiver; beyond the rate its receivers are put out', async () => {
    await serving({ serverMessagesPerSecond: 0.4 })
    const agent = await listenTo(await world.clientOf(world.agent), live)
    const ada = await listenTo(await world.clientOf(world.ada), live)
    const said = systemOf(agent)
    for (const event of ['one', 'two']) await ada.channel.send({ type: 'broadcast', event, payload: {} })
    await expect.poll(agent.events).toEqual(['one', 'two'])
    expect([said, agent.channel.state]).toEqual([[], 'joined'])

    await ada.channel.send({ type: 'broadcast', event: 'three', payload: {} })
    await expect.poll(() => agent.channel.state).toBe('closed')
    expect(said).toEqual(['Too many messages per second'])
    expect(agent.events()).toEqual(['one', 'two', 'three'])
    expect(ada.channel.state).toBe('joined')
  })

  test('beyond the rate a broadcast of the database is left out, and nobody is put out', async () => {
    await serving({ serverMessagesPerSecond: 0.2 })
    const topic = `contact:${world.ada.id}`
    const client = await world.clientOf(world.ada)
    const ada = await listenTo(client, topic)
    await world.publish(topic, 'fits', {})
    await expect.poll(ada.events).toEqual(['fits'])
    const told: string[] = []
    const stop = world.realtime.hear(topic, (event) => void told.push(event))
    await world.publish(topic, 'left out', {})
    await expect.poll(() => told).toEqual(['left out'])
    // what came before the answer to another join on the same socket is there with it
    await listenTo(client, `conversation:${world.conversationId}`)
    expect([ada.events(), ada.channel.state]).toEqual([['fits'], 'joined'])
    stop()
  })

  test('beyond the rate of joins a socket is refused, whichever joins, and another may not open', async () => {
    await serving({ serverJoinsPerSecond: 0.2, publicChannels: true })
    const [first, second] = [await world.rawSocket(), await world.rawSocket()]
    const closed = once(second.ws, 'close')
    first.send(['1', '1', 'realtime:a', 'phx_join', {}])
    second.send(['1', '1', 'realtime:b', 'phx_join', {}])
    await expect.poll(() => [first.received.length, second.received.length]).toEqual([1, 1])
    second.send(['2', '2', 'realtime:c', 'phx_join', {}])
    expect((await closed)[0]).toBe(1001)
    const reason = 'ClientJoinRateLimitReached: Too many joins per second'
    expect(second.received[1]).toEqual(['2', '2', 'realtime:c', 'phx_reply', { status: 'error', response: { reason } }])
    await expect(world.rawSocket()).rejects.toThrow('429')
    expect([first.ws.readyState, world.realtime.stats()]).toMatchObject([first.ws.OPEN, { sockets: 1, channels: 1 }])
  })

  test('presence counts its calls, states and changes; the call beyond the rate puts its channel out', async () => {
    await serving({ serverPresencePerSecond: 0.3 })
    const client = await world.clientOf(world.ada)
    const channel = client.channel(live, { config: { private: true, presence: { key: 'ada', enabled: true } } })
    const said = systemOf({ channel } as Awaited<ReturnType<typeof listenTo>>)
    expect(await join(channel)).toMatchObject({ status: 'SUBSCRIBED' })
    expect(await channel.track({ n: 1 })).toBe('ok')
    expect([said, channel.state]).toEqual([[], 'joined'])
    void channel.track({ n: 2 })
    await expect.poll(() => channel.state).toBe('closed')
    expect(said).toEqual(['Too many presence messages per second'])
  })
})
