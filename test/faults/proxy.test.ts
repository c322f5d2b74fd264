import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { type Dice, noFaults } from './dice.js'
import type { FrameFault, RequestFault } from './fault-kinds.js'
import { type FaultProxy, faultProxy } from './proxy.js'

let server: Server
let stored: string[]
let proxy: FaultProxy

beforeEach(async () => {
  stored = []
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      stored.push(body)
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ stored: body }))
    })
  })
  const echo = new WebSocketServer({ server })
  echo.on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data as Buffer, { binary })))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  proxy = await faultProxy({ upstreams: [url], random: () => 0.1 })
})
afterEach(async () => {
  await proxy.close()
  server.close()
  server.closeAllConnections()
})

const only = (dice: Partial<Dice>): Dice => ({ ...noFaults, ...dice })
/** What a client learns of one write that meets this fault: a status and the stored text, or that it failed. */
async function write(fault: RequestFault | null): Promise<string> {
  proxy.use(only({ request: () => fault }))
  try {
    const answer = await fetch(`${proxy.url}/v1/conversations/1/messages`, {
      method: 'POST',
      body: 'hello',
      signal: AbortSignal.timeout(1_000),
    })
    const text = await answer.text()
    return `${answer.status} ${text.includes('"stored":"hello"') ? 'stored' : 'something else'}`
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'no answer' : 'cut'
  }
}

test.each<[RequestFault, string, number]>([
  ['request reset', 'cut', 0],
  ['request cut', 'cut', 0],
  ['request swallowed', 'no answer', 0],
  ['request delayed', '201 stored', 1],
  ['request twice', '201 stored', 2],
  ['request sliced', '201 stored', 1],
  ['answer lost after commit', 'cut', 1],
  ['answer held after commit', 'no answer', 1],
  ['answer truncated', 'cut', 1],
  ['answer delayed', '201 stored', 1],
  ['answer sliced', '201 stored', 1],
  ['answer 401', '401 something else', 0],
  ['answer 429', '429 something else', 0],
  ['answer 503', '503 something else', 0],
  ['answer 500 after commit', '500 something else', 1],
  ['answer 502 page after commit', '502 something else', 1],
  ['answer of a captive portal', '200 something else', 0],
])('%s: the client learns "%s", the server stores %i', async (fault, learned, times) => {
  expect(await write(fault)).toBe(learned)
  expect(stored).toEqual(Array(times).fill('hello'))
  expect(proxy.takeTally()).toEqual({ [fault]: 1 })
})

test('request again later: stored again after its answer was given', async () => {
  expect(await write('request again later')).toBe('201 stored')
  await expect.poll(() => stored).toEqual(['hello', 'hello'])
})

test('without faults nothing is done to a request, and nothing counted', async () => {
  expect(await write(null)).toBe('201 stored')
  expect(stored).toEqual(['hello'])
  expect(proxy.takeTally()).toEqual({})
})

test('a message whose server dies after the commit is stored, and its author is not told', async () => {
  let died = 0
  proxy.onNextCommit(() => died++)
  expect(await write(null)).toBe('cut')
  expect(await write(null)).toBe('201 stored')
  expect([stored.length, died]).toEqual([2, 1])
})

test('cut off: whoever comes is reset, and served again afterwards', async () => {
  const undo = proxy.cutOff()
  expect(await write(null)).toBe('cut')
  undo()
  expect(await write(null)).toBe('201 stored')
})

/** Frames that come back from an echo when the second of three meets this fault on its way up. */
async function echoed(fault: FrameFault, until: number): Promise<string[]> {
  const faults = [null, fault]
  proxy.use(only({ frame: () => faults.shift() ?? null }))
  const socket = new WebSocket(proxy.url.replace('http', 'ws'))
  const heard: string[] = []
  socket.on('message', (data) => heard.push((data as Buffer).toString()))
  await once(socket, 'open')
  for (const text of ['one', 'two', 'three']) socket.send(text)
  await expect.poll(() => heard.length, { timeout: 3_000 }).toBe(until)
  socket.terminate()
  return heard
}

test.each<[FrameFault, string[]]>([
  ['frame dropped', ['one', 'three']],
  ['frame twice', ['one', 'two', 'two', 'three']],
  ['frames swapped', ['one', 'three', 'two']],
  ['frame delayed', ['one', 'two', 'three']],
  ['frame again later', ['one', 'two', 'three', 'two']],
  ['frame sliced', ['one', 'two', 'three']],
])('%s: three frames become %j', async (fault, expected) => {
  expect(await echoed(fault, expected.length)).toEqual(expected)
})

test.each<[FrameFault, number]>([
  ['socket reset', 1006],
  ['socket closed', 1001],
  ['socket drained', 1012],
])('%s: the client is told %i', async (fault, code) => {
  proxy.use(only({ frame: () => fault }))
  const socket = new WebSocket(proxy.url.replace('http', 'ws'))
  await once(socket, 'open')
  socket.send('one')
  expect((await once(socket, 'close'))[0]).toBe(code)
})

test.each<FrameFault>(['socket half-open', 'socket deaf'])(
  '%s: the socket is open, and nothing comes',
  async (fault) => {
    const faults: (FrameFault | null)[] = [null, null, fault]
    proxy.use(only({ frame: () => faults.shift() ?? null }))
    const socket = new WebSocket(proxy.url.replace('http', 'ws'))
    const heard: string[] = []
    socket.on('message', (data) => heard.push((data as Buffer).toString()))
    await once(socket, 'open')
    socket.send('one')
    await expect.poll(() => heard).toEqual(['one'])
    socket.send('two')
    expect((await fetch(proxy.url)).status).toBe(201)
    expect([heard, socket.readyState]).toEqual([['one'], WebSocket.OPEN])
    socket.terminate()
  },
)

test('an upgrade is refused or left without an answer', async () => {
  proxy.use(only({ upgrade: () => 'upgrade refused' }))
  const [error] = (await once(new WebSocket(proxy.url.replace('http', 'ws')), 'error')) as [Error]
  expect(error.message).toContain('403')
  proxy.use(only({ upgrade: () => 'upgrade swallowed' }))
  const patient = new WebSocket(proxy.url.replace('http', 'ws'), { handshakeTimeout: 300 })
  const [late] = (await once(patient, 'error')) as [Error]
  expect(late.message).toContain('timed out')
})
