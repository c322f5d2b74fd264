import type { RealtimeChannel } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engines } from '../../support/database.js'
import { listenTo, realtimeWorld, type World } from './world.js'

describe.each(engines)('tokens of joined channels on %s', (engine) => {
  let world: World
  let topic: string
  beforeAll(async () => {
    world = await realtimeWorld(engine)
    topic = `conversation:${world.conversationId}`
  })
  afterAll(() => world.close())

  const systemOf = (channel: RealtimeChannel) => {
    const said: { status: string; message: string }[] = []
    channel.on('system', {}, ({ status, message }: { status: string; message: string }) =>
      said.push({ status, message }),
    )
    return said
  }

  test('a renewed token keeps the channel beyond the life of the first', async () => {
    const client = await world.clientOf(world.ada, { expiresInS: 2 })
    const kept = await listenTo(client, topic)
    const { channel: lost } = await listenTo(await world.clientOf(world.ada, { expiresInS: 2 }), topic)
    await client.setAuth(await world.tokenOf(world.ada))
    await expect.poll(() => lost.state, { timeout: 5_000 }).toBe('closed')
    await world.publish(topic, 'fence', {})
    await expect.poll(kept.events).toEqual(['fence'])
  })

  test('an expired token closes the channel with a reason and leaves the socket open', async () => {
    const client = await world.clientOf(world.ada, { expiresInS: 1 })
    const { channel } = await listenTo(client, topic)
    const said = systemOf(channel)
    await expect.poll(() => channel.state, { timeout: 5_000 }).toBe('closed')
    expect(said).toEqual([{ status: 'error', message: expect.stringMatching(/^Token has expired \d seconds ago$/) }])
    expect(client.isConnected()).toBe(true)
  })

  test.each([
    [
      'somebody who may not read it',
      () => world.tokenOf(world.bob),
      /^You do not have permissions to read from this Channel topic/,
    ],
    ['an expired one', () => world.tokenOf(world.ada, { expiresInS: -5 }), /^Token has expired \d seconds ago$/],
    ['a forged one', () => world.tokenOf(world.ada, { secret: 'made up, made up, made up' }), /^:signature_error$/],
    ['no JWT', () => Promise.resolve('potato'), /^The token provided is not a valid JWT$/],
    [
      'one without a role',
      () => world.tokenOf(world.ada, { claims: { role: undefined } }),
      /^Fields `role` and `exp` are required/,
    ],
    [
      'one of an unknown role',
      () => world.tokenOf(world.ada, { claims: { role: 'postgres' } }),
      /^Fields `role` and `exp` are required/,
    ],
  ])('a new token that is %s closes the channel', async (_name, token, message) => {
    const raw = await world.rawSocket()
    const onWire = `realtime:${topic}`
    raw.send([
      '1',
      '1',
      onWire,
      'phx_join',
      { config: { private: true }, access_token: await world.tokenOf(world.ada) },
    ])
    await expect.poll(() => raw.received.length).toBe(1)
    raw.send(['1', '2', onWire, 'access_token', { access_token: await token() }])
    await expect.poll(() => raw.received.length).toBe(3)
    const system = { extension: 'system', status: 'error', channel: topic, message: expect.stringMatching(message) }
    expect(raw.received.slice(1)).toEqual([
      ['1', null, onWire, 'system', system],
      ['1', '1', onWire, 'phx_close', {}],
    ])
  })

  test('null, the same token and a key in place of one change nothing', async () => {
    const raw = await world.rawSocket()
    const onWire = `realtime:${topic}`
    const token = await world.tokenOf(world.ada)
    raw.send(['1', '1', onWire, 'phx_join', { config: { private: true }, access_token: token }])
    await expect.poll(() => raw.received.length).toBe(1)
    for (const access_token of [null, token, 'sb_publishable_x'])
      raw.send(['1', '2', onWire, 'access_token', { access_token }])
    raw.send(['1', '3', onWire, 'phx_leave', {}])
    await expect
      .poll(() => raw.received.slice(1))
      .toEqual([
        ['1', '3', onWire, 'phx_reply', { status: 'ok', response: {} }],
        ['1', '1', onWire, 'phx_close', {}],
      ])
  })
})
