import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { listenTo, privately, realtimeWorld, type World } from './world.js'

describe('sockets', () => {
  let world: World
  beforeAll(async () => {
    world = await realtimeWorld('pglite')
  })
  afterAll(() => world.close())

  const refusal = async (query: string, headers = {}) => {
    const ws = new WebSocket(`${world.url.replace('http', 'ws')}/websocket?${query}`, { headers })
    const [, response] = (await once(ws, 'unexpected-response')) as [unknown, IncomingMessage]
    let body = ''
    for await (const chunk of response) body += String(chunk)
    return { status: response.statusCode, ...(JSON.parse(body) as object) }
  }

  test('a handshake without a good key is refused', async () => {
    expect(await refusal('vsn=2.0.0')).toEqual({ status: 401, error: 'API key is missing' })
    expect(await refusal('apikey=potato')).toEqual({ status: 401, error: 'The token provided is not a valid JWT' })
    const expired = await world.tokenOf('anon', { expiresInS: -10 })
    expect(await refusal(`apikey=${expired}`)).toEqual({ status: 401, error: 'Token has expired' })
    const forged = await world.tokenOf('anon', { secret: 'somebody else made this up' })
    expect(await refusal(`apikey=${forged}`)).toEqual({ status: 401, error: 'Failed to validate JWT signature' })
    const endless = await world.tokenOf('anon', { claims: { exp: undefined } })
    expect(await refusal(`apikey=${endless}`)).toMatchObject({ status: 401, error: expect.stringContaining('`exp`') })
  })

  test('a handshake of an unknown version is refused', async () => {
    expect(await refusal(`apikey=${await world.tokenOf('anon')}&vsn=9.0.0`)).toMatchObject({ status: 403 })
  })

  test('the key may come in a header', async () => {
    const headers = { 'x-api-key': await world.tokenOf('anon') }
    const ws = new WebSocket(`${world.url.replace('http', 'ws')}/websocket`, { headers })
    await once(ws, 'open')
    ws.terminate()
  })

  test.each(['1.0.0', '2.0.0'])(
    'malformed and unknown frames of %s are dropped and the socket lives on',
    async (vsn) => {
      const raw = await world.rawSocket(vsn)
      for (const frame of ['potato', '', 'null', '[]', '{}', '["1","1","phoenix"]']) raw.ws.send(frame)
      for (const bytes of [[], [9], [3, 250, 1], [3, 0, 0, 0, 0, 0, 1]]) raw.ws.send(Buffer.from(bytes))
      raw.send(
        vsn === '2.0.0'
          ? [null, '9', 'phoenix', 'heartbeat', {}]
          : { topic: 'phoenix', event: 'heartbeat', payload: {}, ref: '9' },
      )
      await expect.poll(() => JSON.stringify(raw.received.at(-1))).toContain('"9"')
      expect(raw.received.length).toBeLessThanOrEqual(2)
    },
  )

  test('topics that were never joined answer so; leaving one is fine', async () => {
    const raw = await world.rawSocket()
    raw.send(['1', '1', 'other:foo', 'phx_join', {}])
    raw.send(['1', '2', 'realtime:never', 'presence', {}])
    raw.send(['1', '3', 'realtime:never', 'phx_leave', {}])
    const unmatched = { status: 'error', response: { reason: 'unmatched topic' } }
    await expect
      .poll(() => raw.received)
      .toEqual([
        [null, '1', 'other:foo', 'phx_reply', unmatched],
        [null, '2', 'realtime:never', 'phx_reply', unmatched],
        ['1', '3', 'realtime:never', 'phx_reply', { status: 'ok', response: {} }],
      ])
  })

  test.each([
    ['an empty topic', 'realtime:', {}, /^TopicNameRequired: /],
    ['a config that is no object', 'realtime:a', { config: 'potato' }, /^InvalidJoinPayload: /],
    [
      'replay of a public channel',
      'realtime:a',
      { config: { broadcast: { replay: { since: 0 } } } },
      /^UnableToReplayMessages: Replay is not allowed/,
    ],
    [
      'replay without a time',
      'realtime:a',
      { config: { private: true, broadcast: { replay: {} } } },
      /^UnableToReplayMessages: Replay params/,
    ],
  ])('a join with %s is refused at once', async (_name, topic, payload, reason) => {
    const raw = await world.rawSocket()
    raw.send(['1', '1', topic, 'phx_join', payload])
    await expect
      .poll(() => raw.received)
      .toEqual([
        ['1', '1', topic, 'phx_reply', { status: 'error', response: { reason: expect.stringMatching(reason) } }],
      ])
  })

  test('booleans as text, empty lists and unknown keys are understood', async () => {
    const raw = await world.rawSocket()
    const config = { private: 'true', broadcast: null, presence: { key: null }, postgres_changes: [null], unheard: 1 }
    raw.send([
      '1',
      '1',
      `realtime:contact:${world.ada.id}`,
      'phx_join',
      { config, access_token: await world.tokenOf(world.ada) },
    ])
    await expect
      .poll(() => raw.received)
      .toMatchObject([
        [
          '1',
          '1',
          `realtime:contact:${world.ada.id}`,
          'phx_reply',
          { status: 'ok', response: { postgres_changes: [] } },
        ],
      ])
  })

  test('a second join of a topic replaces the first', async () => {
    const raw = await world.rawSocket()
    const topic = `realtime:contact:${world.ada.id}`
    const payload = { ...privately(), access_token: await world.tokenOf(world.ada) }
    raw.send(['1', '1', topic, 'phx_join', payload])
    await expect.poll(() => raw.received.length).toBe(1)
    raw.send(['5', '5', topic, 'phx_join', payload])
    await expect.poll(() => raw.received.length).toBe(3)
    expect(raw.received.slice(1)).toEqual([
      ['5', '5', topic, 'phx_reply', { status: 'ok', response: { postgres_changes: [] } }],
      ['1', '1', topic, 'phx_close', {}],
    ])
    await world.publish(`contact:${world.ada.id}`, 'head', {})
    await expect.poll(() => raw.received.length).toBe(4)
  })

  test('a client that left is told so and hears nothing more', async () => {
    const raw = await world.rawSocket()
    const topic = `realtime:contact:${world.ada.id}`
    raw.send(['1', '1', topic, 'phx_join', { ...privately(), access_token: await world.tokenOf(world.ada) }])
    raw.send(['1', '2', topic, 'phx_leave', {}])
    const { events } = await listenTo(await world.clientOf(world.ada), `contact:${world.ada.id}`)
    await world.publish(`contact:${world.ada.id}`, 'head', {})
    await expect.poll(events).toEqual(['head'])
    expect(raw.received.slice(-2)).toEqual([
      ['1', '2', topic, 'phx_reply', { status: 'ok', response: {} }],
      ['1', '1', topic, 'phx_close', {}],
    ])
  })
})

describe('closing', () => {
  let world: World
  beforeAll(async () => {
    world = await realtimeWorld('pglite')
  })
  afterAll(() => world.close())

  test('sends 1012 with a window, 1 s for each hundred sockets, and the client comes back to the next server by itself', async () => {
    const client = await world.clientOf(world.ada)
    const statuses: string[] = []
    const heard: string[] = []
    client
      .channel(`contact:${world.ada.id}`, privately())
      .on('broadcast', { event: '*' }, ({ event }) => void heard.push(event))
      .subscribe((status) => statuses.push(status))
    await expect.poll(() => statuses).toEqual(['SUBSCRIBED'])
    const raws = await Promise.all(Array.from({ length: 149 }, () => world.rawSocket()))
    const closed = Promise.all(raws.map(({ ws }) => once(ws, 'close')))
    const before = world.realtime
    expect(before.stats()).toEqual({ sockets: 150, channels: 1, listening: true, lostListening: 0 })

    await world.restart()
    expect(new Set((await closed).map(String))).toEqual(new Set(['1012,reconnect within 1500 ms']))
    expect(before.stats()).toEqual({ sockets: 0, channels: 0, listening: false, lostListening: 0 })
    await expect.poll(() => statuses).toEqual(['SUBSCRIBED', 'CHANNEL_ERROR', 'SUBSCRIBED'])
    await world.publish(`contact:${world.ada.id}`, 'head', {})
    await expect.poll(() => heard).toEqual(['head'])
  })
})
