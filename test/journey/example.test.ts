import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADMIN, type ServerProcess, serverProcess } from '../support/server-process.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const EXAMPLE = 'examples/node/converse.mjs'
let server: ServerProcess

beforeAll(async () => {
  server = await serverProcess()
})
afterAll(() => server.stop())

test('the SDK alone holds a conversation from Node, and lets the process end', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [EXAMPLE], {
    cwd: root,
    timeout: 30_000,
    env: {
      ...process.env,
      PARLEY_URL: server.url,
      PARLEY_INBOX: 'demo',
      PARLEY_EMAIL: ADMIN.email,
      PARLEY_PASSWORD: ADMIN.password,
    },
  })
  expect(stdout).toContain('Do you ship to Norway?')
  expect(stdout).toContain('We do, in three days.')
})

test.each([EXAMPLE, 'examples/react/conversation.tsx'])('the README shows %s as it is', (path) => {
  const example = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain(example.trim())
})

test('the script tag is at most 4 kB as the demo shop gets it, with its inbox inside', async () => {
  const script = await (await fetch(`${server.url}/widget.js?inbox=demo`)).text()
  expect(script).toContain('"key":"demo"')
  expect(gzipSync(script).length).toBeLessThanOrEqual(4_000)
})
