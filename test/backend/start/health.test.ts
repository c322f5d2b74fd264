import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.js'
import { createBackend } from '../../../backend/index.js'
import { drain, serve } from '../../../backend/serve.js'
import type { Problem } from '../../../sdk/protocol/index.js'
import { engines, testPostgres } from '../../support/database.js'
import { makeWorld, SECRET, type World } from '../../support/world.js'

let close: () => Promise<void>
afterEach(() => close())
const given = async (...options: Parameters<typeof makeWorld>): Promise<World> => {
  const world = await makeWorld(...options)
  close = () => world.close()
  return world
}

test('a running server is live and ready, and says what of', async () => {
  const world = await given()
  expect((await world.caller().get('/health/live')).status).toBe(200)
  expect(await world.caller().get('/health/ready')).toMatchObject({
    status: 200,
    body: { status: 'ready', database: 'ready', realtime: 'ready', storage: 'ready' },
  })
})

test('metrics count answers by route pattern, never by address', async () => {
  const world = await given()
  await world.caller().get('/v1/conversations/my-private-id')
  await world.caller().get('/v1/secret-nobody-knows')
  const { body } = await world.caller().get<string>('/metrics')
  expect(body).toMatch(/parley_http_request_seconds_count\{method="GET",route="[^"]+",status="404"\} \d/)
  expect(body).toContain('parley_realtime_sockets 0')
  expect(body).not.toMatch(/my-private-id|secret-nobody-knows/)
})

test('metrics ask for their token where there is one', async () => {
  const world = await given('pglite', { metricsToken: 'the-right-one' })
  expect((await world.caller().get('/metrics')).status).toBe(401)
  expect((await world.caller({ authorization: 'Bearer the-wrong-one' }).get('/metrics')).status).toBe(401)
  expect((await world.caller({ authorization: 'Bearer the-right-one' }).get('/metrics')).status).toBe(200)
})

test('metrics are not there for the network while they have no token', async () => {
  const world = await given('pglite', { isPrivate: false })
  expect(await world.caller().get<Problem>('/metrics')).toMatchObject({ status: 404, body: { code: 'not_found' } })
})

test('the log tells route, status and request, and nothing that was sent', async () => {
  const lines: string[] = []
  const world = await given('pglite', { log: pino({ level: 'trace' }, { write: (line) => lines.push(line) }) })
  const { key } = await world.inbox()
  const visitor = await world.visitor(key)
  await visitor.delete('/v1/visitor/sessions?hidden=query')
  await world.caller().post('/v1/auth/sign-in/email', { email: 'hidden@example.com', password: 'hidden password' })
  const answered = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(answered).toContainEqual(
    expect.objectContaining({ method: 'DELETE', route: '/v1/visitor/sessions', status: 204, msg: 'answered' }),
  )
  expect(answered.every((line) => line.msg !== 'answered' || typeof line.requestId === 'string')).toBe(true)
  for (const secret of ['hidden', visitor.token, visitor.session.refreshSecret])
    expect(lines.join()).not.toContain(secret)
})

test('of requests that went well the log has no line, unless it is asked to debug', async () => {
  const lines: string[] = []
  const world = await given('pglite', { log: pino({}, { write: (line) => lines.push(line) }) })
  await world.visitor((await world.inbox()).key)
  await world.caller().delete('/v1/visitor/sessions')
  const answered = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'answered')
  expect(answered).toEqual([expect.objectContaining({ method: 'DELETE', status: 401 })])
})

describe.runIf(engines.includes('postgres'))('a Postgres that goes away', () => {
  /** A wire to the database that can be cut and mended. */
  const cuttableWire = async (to: URL) => {
    const sockets = new Set<Socket>()
    const listen = async (port: number): Promise<Server> => {
      const server = createServer((near) => {
        const far = connect(Number(to.port || 5432), to.hostname)
        for (const socket of [near, far]) {
          sockets.add(socket)
          socket.on('error', () => {}).on('close', () => [near, far].forEach((end) => end.destroy()))
        }
        near.pipe(far).pipe(near)
      }).listen(port, '127.0.0.1')
      await once(server, 'listening')
      return server
    }
    let server = await listen(0)
    const { port } = server.address() as AddressInfo
    return {
      port,
      async cut() {
        server.close()
        for (const socket of sockets) socket.destroy()
        await once(server, 'close')
      },
      async mend() {
        server = await listen(port)
      },
    }
  }

  test('is told as 503 with when to come again, and found again by itself', async () => {
    const { url, drop } = await testPostgres()
    const wire = await cuttableWire(new URL(url))
    const through = new URL(url)
    through.host = `127.0.0.1:${wire.port}`
    const log = pino({ level: 'silent' })
    const backend = await createBackend({ secret: SECRET, databaseUrl: through.href, log })
    const server = await serve(backend, 0, '127.0.0.1')
    close = async () => {
      await drain(server, backend, 100)
      await wire.cut()
      await drop()
    }
    const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const ready = async () => (await fetch(`${api}/health/ready`)).status
    await expect.poll(ready).toBe(200)

    await wire.cut()
    await eventually(async () => expect(await ready()).toBe(503))
    const answer = await fetch(`${api}/v1/visitor/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"inboxKey":"any"}',
    })
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.json()).toMatchObject({ code: 'unavailable' })
    expect((await fetch(`${api}/health/live`)).status).toBe(200)

    await wire.mend()
    await eventually(async () => expect(await ready()).toBe(200))
  }, 60_000)
})
