import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.js'
import { freePort } from '../../support/server-process.js'

const MAIN = fileURLToPath(new URL('../../../backend/main.ts', import.meta.url))
let folder: string
const children: ChildProcess[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-start-'))
})
afterEach(async () => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const printed = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed.err += chunk.toString()))
  return { child, printed, ended: once(child, 'exit') as Promise<[number | null]> }
}
const untilRunning = ({ printed }: ReturnType<typeof start>) => eventually(() => expect(printed.out).toContain('/docs'))

test('a start prints the three links, the console’s with a sign-in, and what the embedded database does not protect from', async () => {
  const port = await freePort()
  const server = start({ PORT: String(port) })
  await untilRunning(server)
  const url = `http://localhost:${port}`
  expect(server.printed.out).toContain(`${url}/\n`)
  expect(server.printed.out).toContain(`${url}/docs`)
  expect(server.printed.out).toContain('power loss')
  const token = /\/console#link=([\w-]+)/.exec(server.printed.out)![1]!
  const signIn = await fetch(`${url}/v1/auth/one-time-link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  expect(signIn.status).toBe(200)
  server.child.kill('SIGTERM')
  expect((await server.ended)[0]).toBe(0)
  expect(server.printed.err).not.toContain(token)
}, 60_000)

test('a second signal ends a process that still waits for a request', async () => {
  const port = await freePort()
  const server = start({ PORT: String(port) })
  await untilRunning(server)
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  await once(socket, 'connect')
  socket.write('POST /v1/sync HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\nexpect: 100-continue\r\n\r\n')
  await once(socket, 'data')
  server.child.kill('SIGTERM')
  const refused = () =>
    fetch(`http://127.0.0.1:${port}/health/live`).then(
      () => false,
      () => true,
    )
  await expect.poll(refused, { timeout: 10_000 }).toBe(true)
  server.child.kill('SIGTERM')
  expect((await server.ended)[0]).toBe(1)
}, 60_000)

test('a port in use ends the start with one line that says what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const server = start({ PORT: String(port) })
  expect((await server.ended)[0]).toBe(1)
  expect(server.printed.err).toBe(
    `unable to listen on port ${port}; it is in use: stop the other program, or set PORT to another one\n`,
  )
  other.close()
}, 60_000)

test('a database that is down at start ends it with one line, without the password', async () => {
  const server = start({ DATABASE_URL: `postgres://me:hunter2@127.0.0.1:${await freePort()}/parley` })
  expect((await server.ended)[0]).toBe(1)
  expect(server.printed.err).toMatch(/^unable to open database; nothing answers at .*\n$/)
  expect(server.printed.err).not.toContain('hunter2')
}, 60_000)

test('a wrong variable ends the start with one line that names it', async () => {
  const server = start({ PORT: 'eighty' })
  expect((await server.ended)[0]).toBe(1)
  expect(server.printed.err).toBe('unable to read the environment; PORT has to be a port from 0 to 65535\n')
}, 60_000)
