import { afterEach, describe, expect, test } from 'vitest'
import { listenTo, type Person, privately, realtimeWorld, type World } from './world.js'

describe('too many broadcasts over HTTP', () => {
  let world: World
  let live: string
  afterEach(() => world.close())

  async function serving(limits: Parameters<typeof realtimeWorld>[1]) {
    world = await realtimeWorld('pglite', limits)
    live = `conversation:${world.conversationId}:live`
  }
  const post = async (person: Person, path: string, body: unknown) => {
    const answer = await fetch(`${world.url}/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.tokenOf(person)}` },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    return { status: answer.status, message: text && (JSON.parse(text) as { message: string }).message, answer }
  }
  const batch = (person: Person, ...events: string[]) =>
    post(person, 'broadcast', { messages: events.map((event) => ({ topic: live, event, payload: {}, private: true })) })
  const single = (person: Person, event: string) => post(person, `broadcast/${live}/events/${event}?private=true`, {})
  const rateOf = ({ headers }: Response) =>
    ['x-rate-rolling', 'x-rate-limit', 'x-rate-limit-remaining'].map((name) => headers.get(name))

  test('a person may send up to the rate; beyond it they are told, and nobody else is', async () => {
    await serving({ messagesPerSecond: 0.3 })
    const { events } = await listenTo(await world.clientOf(world.agent), live)
    expect(await batch(world.ada, 'one', 'two')).toMatchObject({ status: 202, message: '' })
    expect(await batch(world.ada, 'too', 'many')).toMatchObject({
      status: 429,
      message: 'Too many messages to broadcast, please reduce the batch size',
    })
    expect((await single(world.ada, 'three')).status).toBe(202)
    const refused = { status: 429, message: 'You have exceeded your rate limit' }
    const { answer, ...single429 } = await single(world.ada, 'four')
    expect(single429).toEqual(refused)
    expect(answer.headers.get('retry-after')).toBe('10')
    expect(await batch(world.ada, 'five')).toMatchObject(refused)
    expect((await single(world.agent, 'six')).status).toBe(202)
    await expect.poll(events).toEqual(['one', 'two', 'three', 'six'])
  })

  test("the client's own httpSend rejects with the reason", async () => {
    await serving({ messagesPerSecond: 0.1 })
    const channel = (await world.clientOf(world.ada)).channel(live, privately())
    await expect(channel.httpSend('typing', {})).resolves.toMatchObject({ success: true })
    await expect(channel.httpSend('typing', {})).rejects.toThrow('You have exceeded your rate limit')
  })

  test('beyond the rate of the server nobody is heard, and everybody is told how much is left', async () => {
    await serving({ serverMessagesPerSecond: 1 })
    const fits = await batch(world.ada, ...'123456789'.split(''))
    expect([fits.status, rateOf(fits.answer)]).toEqual([202, ['0', '1', '1']])
    expect((await single(world.agent, 'last')).status).toBe(202)
    const refused = await single(world.agent, 'over')
    expect([refused.status, refused.message]).toEqual([429, 'Too many requests'])
    expect(rateOf(refused.answer)).toEqual(['1', '1', '0'])
    expect((await batch(world.ada, 'over')).message).toBe('Too many requests')
  })

  test('where the server counts nothing, nothing is said of it', async () => {
    await serving({})
    const { status, answer } = await single(world.ada, 'typing')
    expect([status, rateOf(answer)]).toEqual([202, [null, null, null]])
  })
})
