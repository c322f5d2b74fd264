import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aConversation, aDesk, aDraft, conversationPath, type Desk } from '../../support/builders.js'
import { makeWorld, type World } from '../../support/world.js'

let world: World
let desk: Desk
let path: string
beforeAll(async () => {
  world = await makeWorld()
  desk = await aDesk(world)
  path = `${conversationPath(await aConversation(desk.visitor))}/messages`
})
afterAll(() => world.close())

const REQUEST = 'a-request-of-this-test'
const VARYING = ['connection', 'content-length', 'date', 'keep-alive']

async function read(answer: Response) {
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !VARYING.includes(name)))
  return { status: answer.status, headers, body: await answer.text() }
}

interface Asked {
  path?: string
  headers?: Record<string, string>
  body?: string
}
/** The same request through Node's listener and through the app's route. */
async function throughBothDoors({ path: other = path, headers = {}, body = '' }: Asked) {
  const all = {
    authorization: `Bearer ${desk.visitor.token}`,
    'content-type': 'application/json',
    'x-request-id': REQUEST,
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }
  const init = { method: 'POST', headers: all, body }
  const direct = await read(await fetch(world.url + other, init))
  return { direct, app: await read(await world.backend.app.request(other, init)) }
}

const draft = JSON.stringify(aDraft({ body: 'Zoë says 👋' }))

test.each<[string, Asked, number]>([
  ['no token', { headers: { authorization: '' }, body: draft }, 401],
  ['a token that is none', { headers: { authorization: 'Bearer nonsense' }, body: draft }, 401],
  ['another content type', { headers: { 'content-type': 'text/plain' }, body: draft }, 415],
  ['no JSON', { body: '{"body": ' }, 400],
  ['no body', { body: '' }, 400],
  ['wrong fields', { body: '{"idempotencyKey": 1, "body": " "}' }, 400],
  ['a conversation that is no id', { path: '/v1/conversations/mine/messages', body: draft }, 400],
  ['an unknown conversation', { path: `${conversationPath(randomUUID())}/messages`, body: draft }, 404],
  ['a body over 64 kB', { body: JSON.stringify({ body: 'x'.repeat(64 * 1024) }) }, 413],
])('both doors refuse a send with %s alike', async (_, asked, status) => {
  const { direct, app } = await throughBothDoors(asked)
  expect(direct).toEqual(app)
  expect(direct.status).toBe(status)
})

test('both doors answer a known key alike', async () => {
  await fetch(world.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.visitor.token}`, 'content-type': 'application/json' },
    body: draft,
  })
  const { direct, app } = await throughBothDoors({ body: draft })
  expect(direct).toEqual(app)
  expect(direct.status).toBe(200)
  expect(direct.headers['idempotent-replayed']).toBe('true')
})

test('the server stays up when a send is broken off amid its body', async () => {
  const { hostname, port } = new URL(world.url)
  const socket = connect(Number(port), hostname)
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${desk.visitor.token}\r\n`
  await new Promise<void>((resolve) =>
    socket.write(`${head}content-type: application/json\r\ncontent-length: ${draft.length}\r\n\r\n{"body"`, () =>
      resolve(),
    ),
  )
  socket.destroy()
  expect((await world.caller().get('/health/live')).status).toBe(200)
})
