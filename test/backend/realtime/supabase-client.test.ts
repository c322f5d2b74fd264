import { randomUUID } from 'node:crypto'
import { createClient, type RealtimeChannel, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Project, startProject } from './supabase-project.js'

/** A refused join takes the real server 5 s, a first one on a cold project longer. */
const PATIENCE = { timeout: 20_000 }

let project: Project
beforeAll(async () => {
  project = await startProject()
})
const clients: SupabaseClient[] = []
afterEach(async () => {
  await Promise.all(
    clients.splice(0).map(async (client) => {
      await client.removeAllChannels()
      await client.realtime.disconnect()
    }),
  )
})
afterAll(() => project?.stop())

function newClient(): SupabaseClient {
  const client = createClient(project.url, project.key, {
    auth: { persistSession: false, autoRefreshToken: false },
    // Node 20 has no WebSocket of its own; the client logs that it is not to be run there
    realtime: { transport: WebSocket as never },
  })
  clients.push(client)
  return client
}
const newTopic = () => `parity:${randomUUID()}`

interface Said {
  event: string
  payload: Record<string, unknown>
  meta?: Record<string, unknown>
}
async function joined(topic: string, config: object = {}) {
  const channel = newClient().channel(topic, { config })
  const heard: Said[] = []
  channel.on('broadcast', { event: '*' }, (message) => void heard.push(message as unknown as Said))
  expect(await statusOf(channel)).toEqual(['SUBSCRIBED', undefined])
  return { channel, heard, events: () => heard.map(({ event }) => event) }
}
const statusOf = (channel: RealtimeChannel) =>
  new Promise((resolve) => channel.subscribe((status, error) => resolve([status, error?.message]), PATIENCE.timeout))

describe('the unmodified client on a public channel', () => {
  test('hears what another says, and its own where it asked to', async () => {
    const topic = newTopic()
    const ada = await joined(topic, { broadcast: { self: true, ack: true } })
    const bob = await joined(topic)
    expect(await ada.channel.send({ type: 'broadcast', event: 'one', payload: { n: 1 } })).toBe('ok')
    expect(await bob.channel.send({ type: 'broadcast', event: 'two', payload: { n: 2 } })).toBe('ok')
    await expect.poll(ada.events, PATIENCE).toEqual(['one', 'two'])
    expect(bob.heard).toMatchObject([{ event: 'one', payload: { n: 1 } }])
  })

  test('sends bytes', async () => {
    const topic = newTopic()
    const [ada, bob] = [await joined(topic), await joined(topic)]
    await ada.channel.send({ type: 'broadcast', event: 'raw', payload: new Uint8Array([0, 255]).buffer })
    await expect.poll(bob.events, PATIENCE).toEqual(['raw'])
    expect(new Uint8Array(bob.heard[0]!.payload as unknown as ArrayBuffer)).toEqual(new Uint8Array([0, 255]))
  })

  test('sees who is present', async () => {
    const topic = newTopic()
    const present = async (key: string) => {
      const channel = newClient().channel(topic, { config: { presence: { key, enabled: true } } })
      expect(await statusOf(channel)).toEqual(['SUBSCRIBED', undefined])
      expect(await channel.track({ at: key })).toBe('ok')
      return channel
    }
    const [ada, bob] = [await present('ada'), await present('bob')]
    const seen = (channel: RealtimeChannel) => Object.keys(channel.presenceState()).sort()
    await expect
      .poll(() => [seen(ada), seen(bob)], PATIENCE)
      .toEqual([
        ['ada', 'bob'],
        ['ada', 'bob'],
      ])
    await bob.untrack()
    await expect.poll(() => seen(ada), PATIENCE).toEqual(['ada'])
    await ada.unsubscribe()
    await expect.poll(() => seen(bob), PATIENCE).toEqual([])
  })

  test('sends over HTTP, before it has joined and by httpSend', async () => {
    const topic = newTopic()
    const { heard } = await joined(topic)
    const channel = newClient().channel(topic)
    expect(await channel.send({ type: 'broadcast', event: 'fallback', payload: { n: 1 } })).toBe('ok')
    expect(await channel.httpSend('direct', { n: 2 })).toEqual({ success: true })
    await expect
      .poll(() => heard, PATIENCE)
      .toMatchObject([
        { event: 'fallback', payload: { n: 1 } },
        { event: 'direct', payload: { n: 2 } },
      ])
  })
})

describe.runIf(startProject.hasDatabase)('the unmodified client on a private channel', () => {
  const isPrivate = { private: true }

  test('joins where a policy lets it and is refused elsewhere', async () => {
    const topic = newTopic()
    const [ada, bob] = [await joined(topic, isPrivate), await joined(topic, isPrivate)]
    const outside = await joined(topic)
    await ada.channel.send({ type: 'broadcast', event: 'secret', payload: {} })
    await expect.poll(bob.events, PATIENCE).toEqual(['secret'])
    expect(outside.events()).toEqual([])
    const refused = `closed:${randomUUID()}`
    expect(await statusOf(newClient().channel(refused, { config: isPrivate }))).toEqual([
      'CHANNEL_ERROR',
      `Unauthorized: You do not have permissions to read from this Channel topic: ${refused}`,
    ])
  })

  test('is told when it hears the database, and then hears it', async () => {
    const topic = newTopic()
    const channel = newClient().channel(topic, {
      config: { private: true, broadcast: { replication_ready: true } as object },
    })
    const [told, heard] = [[] as unknown[], [] as unknown[]]
    channel.on('system', {}, ({ extension, status, message }: Record<string, unknown>) =>
      told.push({ extension, status, message }),
    )
    channel.on('broadcast', { event: '*' }, ({ payload }) => heard.push(payload))
    expect(await statusOf(channel)).toEqual(['SUBSCRIBED', undefined])
    const ready = { extension: 'system', status: 'ok', message: 'Replication connection established' }
    await expect.poll(() => told, { timeout: 60_000 }).toEqual([ready])
    await project.publish(topic, 'stored', { n: 1 })
    await expect.poll(() => heard, PATIENCE).toMatchObject([{ n: 1 }])
  }, 90_000)

  test('begins with what was stored, the newest, oldest first', async () => {
    const topic = newTopic()
    const since = Date.now() - 60_000
    for (const event of ['one', 'two', 'three']) await project.publish(topic, event, {})
    const { heard, events } = await joined(topic, { private: true, broadcast: { replay: { since, limit: 2 } } })
    await expect.poll(events, PATIENCE).toEqual(['two', 'three'])
    expect(heard.map(({ meta }) => meta?.['replayed'])).toEqual([true, true])
  })

  test('sends over HTTP where a policy lets it', async () => {
    const topic = newTopic()
    const { heard } = await joined(topic, isPrivate)
    const client = newClient()
    expect(await client.channel(topic, { config: isPrivate }).httpSend('direct', { n: 1 })).toEqual({ success: true })
    await expect.poll(() => heard, PATIENCE).toMatchObject([{ event: 'direct', payload: { n: 1 } }])
    const closed = client.channel(`closed:${randomUUID()}`, { config: isPrivate })
    await expect(closed.httpSend('direct', {})).rejects.toThrow('Unauthorized')
  })
})
