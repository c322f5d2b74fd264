import { afterEach, expect, test } from 'vitest'
import { realtimeWorld, type World } from './world.js'

let world: World
afterEach(() => world.close())

const system = (topic: string, status: string, message: string) => [
  '1',
  null,
  topic,
  'system',
  { message, status, extension: 'system', channel: topic.slice('realtime:'.length) },
]
async function joined(asked: unknown) {
  const topic = `realtime:contact:${world.ada.id}`
  const raw = await world.rawSocket()
  const config = { private: true, broadcast: { replication_ready: asked } }
  raw.send(['1', '1', topic, 'phx_join', { config, access_token: await world.tokenOf(world.ada) }])
  await expect.poll(() => raw.received[0]).toMatchObject({ 3: 'phx_reply', 4: { status: 'ok' } })
  return { topic, raw, heard: () => raw.received.slice(1) }
}

test.each([true, 'true'])('a channel that asks (%j) is told once that it hears the database', async (asked) => {
  world = await realtimeWorld('pglite')
  const { topic, heard } = await joined(asked)
  await expect.poll(heard).toEqual([system(topic, 'ok', 'Replication connection established')])
  const silent = await joined(undefined)
  await world.publish(`contact:${world.ada.id}`, 'head', {})
  await expect.poll(() => silent.heard().length).toBe(1)
  expect(heard().length).toBe(2)
  expect(silent.heard().every(Buffer.isBuffer)).toBe(true)
})

test('while the database is not heard it waits, and is told when it is', async () => {
  world = await realtimeWorld('pglite', { isDeaf: true })
  const { topic, raw, heard } = await joined(true)
  raw.send([null, '9', 'phoenix', 'heartbeat', {}])
  await expect.poll(() => heard().map((frame) => (frame as unknown[])[3])).toEqual(['phx_reply'])
  await world.realtime.start()
  await expect.poll(() => heard().slice(1)).toEqual([system(topic, 'ok', 'Replication connection established')])
})

test('where the database is not heard in time, the channel is told and closed', async () => {
  world = await realtimeWorld('pglite', { isDeaf: true, replicationReadyMs: 100 })
  const { topic, heard } = await joined(true)
  await expect
    .poll(heard)
    .toEqual([
      system(topic, 'error', 'Replication connection was not established in time'),
      ['1', '1', topic, 'phx_close', {}],
    ])
})
