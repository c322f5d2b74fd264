import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, type Socket } from 'node:net'
import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createBackend } from '../../../backend/index.js'
import { drain, serve } from '../../../backend/serve.js'
import { publishableKey } from '../../../backend/sessions/keys.js'
import type { SyncAnswer } from '../../../sdk/protocol/index.js'
import { testDatabase } from '../../support/database.js'
import { eventually } from '../../support/eventually.js'
import { SECRET } from '../../support/world.js'

const BODY = '{"inboxKey":"demo"}'

async function running() {
  const db = await testDatabase('pglite')
  const backend = await createBackend({ secret: SECRET, db, log: pino({ level: 'silent' }) })
  const server = await serve(backend, 0, '127.0.0.1')
  const { port } = server.address() as AddressInfo
  return { backend, db, server, port }
}

/** A request whose body has come half. */
async function halfSent(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const head = `POST /v1/visitor/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\nexpect: 100-continue\r\n\r\n`
  socket.write(head)
  await once(socket, 'data')
  socket.write(BODY.slice(0, 5))
  return socket
}

test('a request under way is answered before the server ends, and no new one is taken', async () => {
  const { backend, server, port } = await running()
  const socket = await halfSent(port)
  const drained = drain(server, backend)
  await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow()
  const answer = once(socket, 'data')
  socket.write(BODY.slice(5))
  expect(String(await answer)).toMatch(/^HTTP\/1.1 201/)
  socket.end()
  await drained
  await expect(backend.app.request('/v1/openapi.json')).resolves.toMatchObject({ status: 200 })
})

test('a request that never ends does not keep the server', async () => {
  const { backend, server, port } = await running()
  const socket = await halfSent(port)
  const closed = once(
    socket.on('error', () => {}),
    'close',
  )
  await drain(server, backend, 50)
  await closed
})

test('a poll that waits is answered with what there is before the server ends', async () => {
  const { backend, db, server, port } = await running()
  const ask = async <T>(path: string, body: object, token?: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    })
    expect(answer.ok).toBe(true)
    return (await answer.json()) as T
  }
  const { accessToken } = await ask<{ accessToken: string }>('/v1/visitor/sessions', { inboxKey: 'demo' })
  const { cursor } = await ask<SyncAnswer>('/v1/sync', { cursor: null, open: [] }, accessToken)
  const query = vi.spyOn(db, 'query')
  const waiting = ask<SyncAnswer>('/v1/sync', { cursor, open: [], waitMs: 25_000 }, accessToken)
  await eventually(() => expect(query.mock.calls.some(([text]) => text.includes('heard_topics'))).toBe(true))
  await drain(server, backend)
  expect(await waiting).toMatchObject({ reset: false, heads: [] })
})

test('open sockets are told to come back later', async () => {
  const { backend, server, port } = await running()
  const apikey = publishableKey(SECRET)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/realtime/v1/websocket?apikey=${apikey}&vsn=2.0.0`)
  await once(socket, 'open')
  const closed = once(socket, 'close')
  await drain(server, backend)
  expect((await closed)[0]).toBe(1012)
})
