import { randomUUID } from 'node:crypto'
import { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { eventually } from '../../support/eventually.js'
import { engines } from '../../support/database.js'
import { listenTo, realtimeWorld, type World } from './world.js'

describe.each(engines)('broadcasts of the database on %s', (engine) => {
  let world: World
  let topic: string
  beforeAll(async () => {
    world = await realtimeWorld(engine)
    topic = `conversation:${world.conversationId}`
  })
  afterAll(() => world.close())

  test('a message reaches contact and agent once, as the event of the log', async () => {
    const [ada, agent] = await Promise.all([
      listenTo(await world.clientOf(world.ada), topic),
      listenTo(await world.clientOf(world.agent), topic),
    ])
    const [sent] = await world.db.query<{ event: Record<string, unknown> }>(
      `select send_message('agent', $1, $2, $3, $4) -> 'event' as event`,
      [world.agent.id, world.conversationId, randomUUID(), 'We do, in three days.'],
    )
    await world.publish(topic, 'fence', {})
    await expect.poll(() => ada.events()).toContain('fence')
    await expect.poll(() => agent.events()).toContain('fence')
    expect(ada.heard[0]!.payload).toMatchObject(sent!.event)
    expect(ada.events()).toEqual(['event', 'event', 'fence'])
    expect(agent.events()).toEqual(ada.events())
  })

  test('who died without a word is taken to listen, unless the database is this process’s alone', async () => {
    const second = await realtimeWorld(engine, { isDeaf: true })
    await second.db.query('insert into realtime.listeners (id) values ($1)', [randomUUID()])
    await second.realtime.start()
    const listening = await second.db.query('select 1 from realtime.listeners')
    expect(listening).toHaveLength(engine === 'pglite' ? 1 : 2)
    await second.close()
  })

  test('what goes to another topic does not arrive', async () => {
    const { events } = await listenTo(await world.clientOf(world.ada), topic)
    await world.publish(`${topic}:internal`, 'note', {})
    await world.publish(`contact:${world.bob.id}`, 'head', {})
    await world.publish(topic, 'fence', {})
    await expect.poll(events).toEqual(['fence'])
  })

  test('a public broadcast does not reach a private channel of the same name', async () => {
    const { events } = await listenTo(await world.clientOf(world.ada), topic)
    await world.db.query(`select realtime.send('{}', 'public', $1, false)`, [topic])
    await world.publish(topic, 'fence', {})
    await expect.poll(events).toEqual(['fence'])
  })

  test('nothing is heard before the commit, and nothing at all of what is rolled back', async () => {
    const { events } = await listenTo(await world.clientOf(world.ada), topic)
    const send = (event: string) => [`select realtime.send('{}', $1, $2, true)`, [event, topic]] as const
    const rolledBack = world.db.transaction(async (tx) => {
      await tx.query(...send('undone'))
      throw new Error('changed its mind')
    })
    await expect(rolledBack).rejects.toThrow('changed its mind')
    const heardInside = await world.db.transaction(async (tx) => {
      await tx.query(...send('done'))
      await tx.query('select pg_sleep(0.05)')
      return events()
    })
    expect(heardInside).toEqual([])
    await expect.poll(events).toEqual(['done'])
  })

  test('one too long for a notification arrives whole and in its place', async () => {
    const { heard, events } = await listenTo(await world.clientOf(world.ada), topic)
    const long = 'long '.repeat(4_000)
    await world.db.transaction(async (tx) => {
      const send = `select realtime.send($1::text::jsonb, $2, $3, true)`
      await tx.query(send, ['{"n":1}', 'first', topic])
      await tx.query(send, [JSON.stringify({ long }), 'second', topic])
      await tx.query(send, ['{"n":3}', 'third', topic])
    })
    await expect.poll(events).toEqual(['first', 'second', 'third'])
    expect(heard[1]!.payload['long']).toBe(long)
  })

  test('each carries the id of its stored row', async () => {
    const { heard } = await listenTo(await world.clientOf(world.ada), topic)
    await world.publish(topic, 'stored', { n: 1 })
    await expect.poll(() => heard.length).toBe(1)
    const [row] = await world.db.query<{ id: string }>(`select id from realtime.messages where event = 'stored'`)
    expect(heard[0]).toMatchObject({ meta: { id: row!.id }, payload: { n: 1, id: row!.id } })
  })

  test('a channel that asks for it begins with the newest stored ones, oldest first', async () => {
    const room = `contact:${world.ada.id}`
    await world.publish(room, 'one', {})
    await world.publish(room, 'two', {})
    await world.publish(room, 'three', {})
    const replay = { broadcast: { replay: { since: Date.now() - 60_000, limit: 2 } } }
    const { heard, events } = await listenTo(await world.clientOf(world.ada), room, replay)
    await expect.poll(events).toEqual(['two', 'three'])
    expect(heard[0]!.meta).toMatchObject({ replayed: true })
    const later = { broadcast: { replay: { since: Date.now() + 60_000 } } }
    const fresh = await listenTo(await world.clientOf(world.ada), room, later)
    await world.publish(room, 'four', {})
    await expect.poll(fresh.events).toEqual(['four'])
  })

  test('who wrote it hears it by one write with what is told next, or by itself; the others at once', async () => {
    await world.leaveAll()
    const sid = randomUUID()
    const contactTopic = `contact:${world.ada.id}`
    for (const claims of [{ sid }, {}]) {
      const client = await world.clientOf(world.ada, { claims })
      await Promise.all([listenTo(client, topic), listenTo(client, contactTopic)])
    }
    const write = vi.spyOn(Socket.prototype, 'write')
    onTestFinished(() => write.mockRestore())
    const writes = () =>
      write.mock.calls
        .flatMap(
          ([bytes]) =>
            String(bytes)
              .match(/(?<="n": )\d/g)
              ?.join() ?? [],
        )
        .toSorted()
    const own = (n: number) => ({ topic, event: 'event', body: `{"n": ${n}}`, writer: sid })
    world.realtime.teller.tell([own(1)])
    world.realtime.teller.tell([own(2), { topic: contactTopic, event: 'head', body: '{"n": 3}' }])
    expect(writes()).toEqual(['1', '1,2,3', '2', '3'])
    world.realtime.teller.tell([own(4)])
    expect(writes().filter((pieces) => pieces === '4')).toHaveLength(1)
    await expect.poll(() => writes().filter((pieces) => pieces === '4')).toHaveLength(2)
  })

  test('the process itself hears a topic until it stops', async () => {
    const heard = vi.fn()
    const stop = world.realtime.hear(topic, heard)
    await world.publish(`contact:${world.bob.id}`, 'head', {})
    await world.publish(topic, 'event', {})
    await eventually(() => expect(heard.mock.calls).toEqual([['event']]))
    stop()
    const { events } = await listenTo(await world.clientOf(world.ada), topic)
    await world.publish(topic, 'fence', {})
    await expect.poll(events).toEqual(['fence'])
    expect(heard).toHaveBeenCalledTimes(1)
  })
})
