import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listenTo, type Person, privately, realtimeWorld, type World } from './world.js'

describe('broadcasts over HTTP', () => {
  let world: World
  let live: string
  beforeAll(async () => {
    world = await realtimeWorld('pglite')
    live = `conversation:${world.conversationId}:live`
  })
  afterAll(() => world.close())

  const post = async (person: Person | null, path: string, body: BodyInit, type = 'application/json') => {
    const authorization = person ? { authorization: `Bearer ${await world.tokenOf(person)}` } : {}
    const answer = await fetch(`${world.url}/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': type, ...(authorization as Record<string, string>) },
      body,
    })
    return { status: answer.status, body: await answer.text() }
  }
  const batch = (...messages: unknown[]) => JSON.stringify({ messages })
  const message = (topic: string, event: string) => ({ topic, event, payload: { n: 1 }, private: true })

  test('a batch reaches the topics its sender may write to and silently no other', async () => {
    const agent = await listenTo(await world.clientOf(world.agent), live)
    const readOnly = await listenTo(await world.clientOf(world.agent), `conversation:${world.conversationId}`)
    const body = batch(
      message(live, 'one'),
      message(`conversation:${world.conversationId}`, 'forged'),
      message(live, 'two'),
    )
    expect(await post(world.ada, 'broadcast', body)).toEqual({ status: 202, body: '' })
    await expect.poll(agent.events).toEqual(['one', 'two'])
    await world.publish(`conversation:${world.conversationId}`, 'fence', {})
    await expect.poll(readOnly.events).toEqual(['fence'])
  })

  test('one bad message refuses the batch', async () => {
    const agent = await listenTo(await world.clientOf(world.agent), live)
    const answer = await post(world.ada, 'broadcast', batch(message(live, 'good'), { topic: live }))
    expect(answer.status).toBe(422)
    expect(JSON.parse(answer.body)).toEqual({
      errors: { messages: [{}, { event: ["can't be blank"], payload: ["can't be blank"] }] },
    })
    expect((await post(world.ada, 'broadcast', '{}')).body).toBe(`{"errors":{"messages":["can't be blank"]}}`)
    expect((await post(world.ada, 'broadcast', 'potato')).status).toBe(422)
    await post(world.ada, 'broadcast', batch(message(live, 'fence')))
    await expect.poll(agent.events).toEqual(['fence'])
  })

  test('nobody sends without a token', async () => {
    expect(await post(null, 'broadcast', batch(message(live, 'one')))).toEqual({
      status: 401,
      body: '{"message":"Unauthorized"}',
    })
  })

  test("the client's own httpSend works where its user may write, and is refused elsewhere", async () => {
    const agent = await listenTo(await world.clientOf(world.agent), live)
    const client = await world.clientOf(world.ada)
    await expect(client.channel(live, privately()).httpSend('typing', { ttlMs: 1 })).resolves.toMatchObject({
      success: true,
    })
    const readOnly = client.channel(`conversation:${world.conversationId}`, privately())
    await expect(readOnly.httpSend('event', {})).rejects.toThrow('Unauthorized')
    await expect.poll(() => agent.heard).toMatchObject([{ event: 'typing', payload: { ttlMs: 1 } }])
  })

  test('a single one takes JSON and bytes, and refuses what it cannot read', async () => {
    const path = `broadcast/${live}/events/typing?private=true`
    expect((await post(world.ada, path, '{"n":1}')).status).toBe(202)
    expect((await post(world.ada, path, new Uint8Array([1, 2]), 'application/octet-stream')).status).toBe(202)
    expect((await post(world.ada, path, 'hi', 'text/plain')).status).toBe(415)
    expect((await post(world.ada, path, 'potato')).status).toBe(422)
    expect((await post(world.ada, path, JSON.stringify({ text: 'x'.repeat(256_001) }))).status).toBe(422)
    expect((await post(world.ada, path, 'x'.repeat(8_000_001))).status).toBe(413)
  })

  test('JSON that is no object arrives in one', async () => {
    const agent = await listenTo(await world.clientOf(world.agent), live)
    expect((await post(world.ada, `broadcast/${live}/events/list?private=true`, '[1,2]')).status).toBe(202)
    await expect.poll(() => agent.heard).toMatchObject([{ event: 'list', payload: { _json: [1, 2] } }])
  })

  test('browsers of other origins may ask', async () => {
    const answer = await fetch(`${world.url}/api/broadcast`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-headers')).toBe('apikey,authorization,content-type')
  })
})
