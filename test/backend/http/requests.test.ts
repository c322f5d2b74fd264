import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Problem } from '../../../sdk/protocol/index.js'
import { makeWorld, type World } from '../../support/world.js'

const SESSIONS = '/v1/visitor/sessions'
let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.close())

const send = async (body: BodyInit, headers: Record<string, string> = { 'content-type': 'application/json' }) => {
  const answer = await fetch(world.url + SESSIONS, { method: 'POST', headers, body })
  return { status: answer.status, headers: answer.headers, problem: (await answer.json()) as Problem }
}

test('broken JSON is an invalid request', async () => {
  const { status, headers, problem } = await send('{"inboxKey": ')
  expect(status).toBe(400)
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(problem).toMatchObject({ code: 'invalid_request', title: 'invalid request', status: 400 })
  expect(problem.detail).toBe('unable to read the request; the body is not valid JSON')
})

test('wrong fields are named, their values never echoed', async () => {
  const { problem } = await send(JSON.stringify({ inboxKey: 4711_0815, identityToken: ['my secret'] }))
  expect(problem.code).toBe('invalid_request')
  expect(problem.errors!.map((field) => field.path)).toEqual(['inboxKey', 'identityToken'])
  expect(JSON.stringify(problem)).not.toMatch(/47110815|my secret/)
})

test('another content type than JSON is refused as such, and JSON with a charset is not', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
    expect(await send('{"inboxKey":"x"}', { 'content-type': type })).toMatchObject({
      status: 415,
      problem: { code: 'unsupported_type' },
    })
  const withCharset = await send('{"inboxKey":"x"}', { 'content-type': 'application/json; charset=utf-8' })
  expect(withCharset.problem.code).toBe('not_found')
})

test('a body over 64 kB is too large, whether its length is told or not', async () => {
  const tooLarge = JSON.stringify({ inboxKey: 'x'.repeat(64 * 1024) })
  expect(await send(tooLarge)).toMatchObject({ status: 413, problem: { code: 'too_large' } })
  const chunks = new Blob([tooLarge]).stream()
  const answer = await fetch(world.url + SESSIONS, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: chunks,
    duplex: 'half',
  } as RequestInit)
  expect(answer.status).toBe(413)
})

test('an address that is not there is a problem too, with or without a method that fits', async () => {
  const nobody = world.caller()
  expect(await nobody.get<Problem>('/v1/nothing')).toMatchObject({ status: 404, body: { code: 'not_found' } })
  expect(await nobody.get<Problem>(SESSIONS)).toMatchObject({ status: 404, body: { code: 'not_found' } })
  expect(await nobody.get<Problem>('/v1/%ff')).toMatchObject({ status: 404 })
})

test('every answer names its request, in the caller’s words when they are safe', async () => {
  const asked = await world.caller({ 'x-request-id': 'my-request-0001' }).get<Problem>('/v1/nothing')
  expect(asked.headers.get('x-request-id')).toBe('my-request-0001')
  expect(asked.body.requestId).toBe('my-request-0001')
  const unsafe = await world.caller({ 'x-request-id': 'no spaces, please' }).get<Problem>('/v1/nothing')
  expect(unsafe.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
  expect(unsafe.body.requestId).toBe(unsafe.headers.get('x-request-id'))
})

test('the API may be called by pages of any origin, without cookies', async () => {
  const preflight = await fetch(world.url + SESSIONS, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
  const refused = await world.caller({ origin: 'https://shop.example' }).get('/v1/nothing')
  expect(refused.headers.get('access-control-allow-origin')).toBe('*')
  expect(refused.headers.get('access-control-expose-headers')).toContain('retry-after')
})

test('what is for one person is not to be kept on the way', async () => {
  const { key } = await world.inbox()
  const answer = await world.caller().post(SESSIONS, { inboxKey: key })
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

test('an upgrade to anything but realtime is refused, and the server stays up', async () => {
  const { hostname, port } = new URL(world.url)
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET /v1/sync HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`),
    )
    socket.once('data', (data) => resolve(data.toString()))
  })
  expect(answer).toMatch(/^HTTP\/1.1 404/)
  expect((await world.caller().get('/health/live')).status).toBe(200)
})
