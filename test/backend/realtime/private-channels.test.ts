import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engines } from '../../support/database.js'
import { join, privately, realtimeWorld, type World } from './world.js'

describe.each(engines)('private channels on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await realtimeWorld(engine)
  })
  afterAll(() => world.close())

  const unauthorized = (topic: string) => ({
    status: 'CHANNEL_ERROR',
    reason: `Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`,
  })

  test('a contact joins its own conversation', async () => {
    const client = await world.clientOf(world.ada)
    expect(await join(client.channel(`conversation:${world.conversationId}`, privately()))).toEqual({
      status: 'SUBSCRIBED',
      reason: '',
    })
  })

  test('an agent of the inbox joins the conversation and its internal topic', async () => {
    const client = await world.clientOf(world.agent)
    const topic = `conversation:${world.conversationId}`
    expect((await join(client.channel(topic, privately()))).status).toBe('SUBSCRIBED')
    expect((await join(client.channel(`${topic}:internal`, privately()))).status).toBe('SUBSCRIBED')
  })

  test('nobody else joins it: another contact, an agent of another workspace', async () => {
    const topic = `conversation:${world.conversationId}`
    for (const person of [world.bob, world.stranger]) {
      const client = await world.clientOf(person)
      expect(await join(client.channel(topic, privately()))).toEqual(unauthorized(topic))
    }
  })

  test('a contact does not join the internal topic of its own conversation', async () => {
    const client = await world.clientOf(world.ada)
    const topic = `conversation:${world.conversationId}:internal`
    expect(await join(client.channel(topic, privately()))).toEqual(unauthorized(topic))
  })

  test('a refused channel does not disturb the others of its socket', async () => {
    const client = await world.clientOf(world.ada)
    const [refused, allowed] = await Promise.all([
      join(client.channel(`agent:${world.agent.id}`, privately())),
      join(client.channel(`contact:${world.ada.id}`, privately())),
    ])
    expect([refused.status, allowed.status]).toEqual(['CHANNEL_ERROR', 'SUBSCRIBED'])
  })

  test('an expired token does not join', async () => {
    const client = await world.clientOf(world.ada, { expiresInS: -60 })
    const { status, reason } = await join(client.channel(`conversation:${world.conversationId}`, privately()))
    expect(status).toBe('CHANNEL_ERROR')
    expect(reason).toMatch(/^InvalidJWTToken: Token has expired 6\d seconds ago$/)
  })

  test('a forged token does not join', async () => {
    const client = await world.clientOf(world.ada, { secret: 'somebody else made this secret up' })
    expect(await join(client.channel(`conversation:${world.conversationId}`, privately()))).toEqual({
      status: 'CHANNEL_ERROR',
      reason: 'JwtSignatureError: Failed to validate JWT signature',
    })
  })

  test('the public key alone opens a socket and joins nothing', async () => {
    const raw = await world.rawSocket()
    const topic = `contact:${world.ada.id}`
    raw.send(['1', '1', `realtime:${topic}`, 'phx_join', privately()])
    await expect
      .poll(() => raw.received)
      .toEqual([
        [
          '1',
          '1',
          `realtime:${topic}`,
          'phx_reply',
          { status: 'error', response: { reason: unauthorized(topic).reason } },
        ],
      ])
  })

  test('a public channel is refused', async () => {
    const client = await world.clientOf(world.ada)
    expect(await join(client.channel('lobby'))).toEqual({
      status: 'CHANNEL_ERROR',
      reason: 'PrivateOnly: This project only allows private channels',
    })
  })

  test('changes of tables are refused with a reason', async () => {
    const client = await world.clientOf(world.ada)
    const channel = client.channel(`contact:${world.ada.id}`, privately())
    channel.on('postgres_changes', { event: '*', schema: 'public', table: 'messages' }, () => {})
    expect((await join(channel)).reason).toMatch(/^RealtimeDisabledForConfiguration: /)
  })
})
