import type { RealtimeChannel } from '@supabase/supabase-js'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { engines } from '../../support/database.js'
import { join, listenTo, type Person, privately, realtimeWorld, type World } from './world.js'

describe.each(engines)('presence on %s', (engine) => {
  let world: World
  let live: string
  beforeAll(async () => {
    world = await realtimeWorld(engine)
    live = `conversation:${world.conversationId}:live`
  })
  afterEach(() => world.leaveAll())
  afterAll(() => world.close())

  const present = async (person: Person, key: string): Promise<RealtimeChannel> => {
    const client = await world.clientOf(person)
    const channel = client.channel(live, privately({ presence: { key, enabled: true } }))
    channel.on('presence', { event: 'sync' }, () => {})
    expect((await join(channel)).status).toBe('SUBSCRIBED')
    return channel
  }
  const seen = (channel: RealtimeChannel) =>
    Object.fromEntries(
      Object.entries(channel.presenceState()).map(([key, metas]) => [
        key,
        metas.map((meta) => (meta as unknown as { at: string }).at).sort(),
      ]),
    )

  const joined = async (key: string) => {
    const raw = await world.rawSocket()
    const config = { private: true, presence: { key, enabled: true } }
    const payload = { config, access_token: await world.tokenOf(world.ada) }
    raw.send(['1', '1', `realtime:${live}`, 'phx_join', payload])
    await expect.poll(() => raw.received.length).toBe(2)
    return raw
  }

  test('both sides see who is there, who comes and who goes', async () => {
    const ada = await present(world.ada, 'ada')
    await ada.track({ at: 'pricing' })
    const agent = await present(world.agent, 'agent')
    await expect.poll(() => seen(agent)).toEqual({ ada: ['pricing'] })
    await agent.track({ at: 'console' })
    await expect.poll(() => seen(ada)).toEqual({ ada: ['pricing'], agent: ['console'] })
    await ada.untrack()
    await expect.poll(() => seen(agent)).toEqual({ agent: ['console'] })
    await agent.unsubscribe()
    await expect.poll(() => seen(ada)).toEqual({})
  })

  test('two devices of one key are shown together, and one leaves without the other', async () => {
    const phone = await present(world.ada, 'ada')
    const laptop = await present(world.ada, 'ada')
    await phone.track({ at: 'phone' })
    await laptop.track({ at: 'laptop' })
    const newcomer = async () => {
      const { received } = await joined('newcomer')
      return (received[1] as [unknown, unknown, unknown, string, Record<string, { metas: unknown[] }>])[4]
    }
    expect((await newcomer())['ada']!.metas).toMatchObject([{ at: 'phone' }, { at: 'laptop' }])
    await phone.socket.disconnect()
    await expect.poll(async () => (await newcomer())['ada']!.metas).toMatchObject([{ at: 'laptop' }])
    await laptop.unsubscribe()
    await expect.poll(newcomer).toEqual({})
  })

  test('names of built-in properties are keys like any other', async () => {
    const topic = `realtime:${live}`
    const odd = [await joined('constructor'), await joined('__proto__')]
    for (const raw of odd) raw.send(['1', '2', topic, 'presence', { event: 'track', payload: { at: 'home' } }])
    await expect.poll(() => odd.every(({ received }) => received.length === 5)).toBe(true)
    const [, state] = (await joined('watcher')).received as [unknown, [unknown, unknown, unknown, string, object]]
    expect(Object.keys(state[4]).sort()).toEqual(['__proto__', 'constructor'])
  })

  test('a second track is one change: the new entry joins as the old one leaves', async () => {
    const topic = `realtime:${live}`
    const raw = await joined('ada')
    for (const at of ['pricing', 'checkout'])
      raw.send(['1', '2', topic, 'presence', { event: 'track', payload: { at } }])
    const diffs = () =>
      raw.received.flatMap((frame) => ((frame as unknown[])[3] === 'presence_diff' ? [(frame as unknown[])[4]] : []))
    await expect.poll(() => diffs().length).toBe(2)
    const [first, second] = diffs() as [{ joins: { ada: { metas: { phx_ref: string }[] } } }, unknown]
    const before = first.joins.ada.metas[0]!
    const after = { at: 'checkout', phx_ref: expect.not.stringMatching(before.phx_ref), phx_ref_prev: before.phx_ref }
    expect(second).toEqual({ joins: { ada: { metas: [after] } }, leaves: { ada: { metas: [before] } } })
  })

  test('the same payload again is answered and changes nothing', async () => {
    const raw = await world.rawSocket()
    const topic = `realtime:${live}`
    const config = { private: true, presence: { key: 'ada', enabled: true } }
    raw.send(['1', '1', topic, 'phx_join', { config, access_token: await world.tokenOf(world.ada) }])
    for (const ref of ['2', '3']) raw.send(['1', ref, topic, 'presence', { event: 'TRACK', payload: { at: 'home' } }])
    raw.send(['1', '4', topic, 'presence', { event: 'track', payload: 'no object' }])
    const replyOf = (ref: string) => raw.received.find((frame) => (frame as unknown[])[1] === ref)
    const events = () => raw.received.map((frame) => (frame as unknown[])[3])
    await expect
      .poll(() => replyOf('4'))
      .toMatchObject({
        4: { status: 'error', response: { reason: 'Presence track payload must be a map' } },
      })
    expect(replyOf('3')).toMatchObject({ 4: { status: 'ok' } })
    expect(events()).toEqual(['phx_reply', 'presence_state', 'presence_diff', 'phx_reply', 'phx_reply', 'phx_reply'])
  })

  test('a channel without presence hears of nobody', async () => {
    const raw = await world.rawSocket()
    const topic = `realtime:${live}`
    raw.send(['1', '1', topic, 'phx_join', { ...privately(), access_token: await world.tokenOf(world.ada) }])
    await expect.poll(() => raw.received.length).toBe(1)
    const agent = await present(world.agent, 'agent')
    await agent.track({ at: 'console' })
    await agent.unsubscribe()
    raw.send([null, '9', 'phoenix', 'heartbeat', {}])
    await expect
      .poll(() => raw.received.slice(1))
      .toEqual([[null, '9', 'phoenix', 'phx_reply', { status: 'ok', response: {} }]])
  })

  test('nobody tracks where only the database may write', async () => {
    const { channel } = await listenTo(await world.clientOf(world.ada), `conversation:${world.conversationId}`)
    expect(await channel.track({ at: 'home' })).toBe('error')
  })

  test('the sixth call within half a minute closes the channel', async () => {
    const channel = await present(world.ada, 'ada')
    const said: string[] = []
    channel.on('system', {}, ({ message }: { message: string }) => void said.push(message))
    for (const n of [1, 2, 3, 4, 5]) expect(await channel.track({ at: String(n) })).toBe('ok')
    void channel.track({ at: '6' })
    await expect.poll(() => said).toEqual(['Client presence rate limit exceeded'])
    await expect.poll(() => channel.state).toBe('closed')
  })
})
