// Whether memory stays flat while messages and lost sockets pass: `npm run soak -- --messages N --reconnects N --json FILE`.
// TEST_DATABASE_URL takes a real Postgres.
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { restoreFirstImage } from '../../backend/db/first-image.js'
import { engines, testPostgres } from '../support/database.js'
import { startChild } from './child.js'
import { openSoakPage } from './soak-page.js'

const CHECKPOINTS = 10
/** A conversation is left for a new one after so many, as threads that are shown are not bounded; a visitor may begin 30 an hour. */
const MAX_CONVERSATION = 4_000
/** Written by each side before both look whether they see the same. */
const BURST = 25
/** How much more may be held at the end than after the first tenth, by when caches are full. */
const BOUNDS_MB = { server: 8, page: 4, agent: 4 }

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    reconnects: { type: 'string', default: '1000' },
    json: { type: 'string' },
  },
})
const goal = { messages: Number(values.messages), reconnects: Number(values.reconnects) }
const tenth = Math.ceil(goal.messages / CHECKPOINTS)
const perConversation = Math.min(MAX_CONVERSATION, tenth)

const dataDir = await mkdtemp(join(tmpdir(), 'parley-soak-'))
const postgres = engines.includes('postgres') ? await testPostgres() : null
if (!postgres) await restoreFirstImage(join(dataDir, 'database'))
const server = await startChild('./parley-server.ts', {
  BENCH_DATABASE_URL: postgres?.url ?? '',
  BENCH_DATA_DIR: dataDir,
})
const url = `http://127.0.0.1:${await server.ask<number>('port')}`
const agent = await startChild('./soak-agent.ts', { SOAK_URL: url })
const page = await openSoakPage(url, await agent.ask('inboxKey'))

const done = { messages: 0, reconnects: 0 }
async function dropSockets() {
  const dropped = await server.ask<number>('dropSockets')
  while ((await server.ask<number>('sockets')) < dropped) await sleep(20)
  done.reconnects += dropped
}

async function converse(count: number) {
  await agent.ask('enter', await page.begin())
  await agent.ask('seen', await page.newest())
  for (let written = 0; written < count;) {
    const each = Math.min(BURST, Math.ceil((count - written) / 2))
    const isDue = done.reconnects / goal.reconnects < done.messages / goal.messages
    const bodies = Array.from({ length: each }, (_, at) => `Message ${done.messages + at} of a long day.`)
    await Promise.all([page.send(bodies), agent.ask('send', bodies), isDue && dropSockets()])
    written += 2 * each
    done.messages += 2 * each
    const newest = Math.max(await page.newest(), await agent.ask<number>('newest'))
    await Promise.all([page.seen(newest), agent.ask('seen', newest)])
  }
}

const parts = ['server', 'page', 'agent'] as const
const checkpoints: (typeof done & { heldMb: Record<(typeof parts)[number], number> })[] = []
async function look() {
  const inMb = async (bytes: Promise<number>) => Math.round((await bytes) / 1e4) / 100
  const heldMb = {
    server: await inMb(server.ask('heldBytes')),
    page: await inMb(page.heldBytes()),
    agent: await inMb(agent.ask('heldBytes')),
  }
  checkpoints.push({ ...done, heldMb })
  const figures = [done.messages, done.reconnects, ...parts.map((name) => heldMb[name].toFixed(2))]
  console.log(figures.map((figure) => String(figure).padStart(12)).join(''))
}

console.log(`${['messages', 'reconnects', ...parts].map((name) => name.padStart(12)).join('')}   MB held`)
for (let at = 1; at <= CHECKPOINTS; at++) {
  while (done.messages < at * tenth) await converse(Math.min(perConversation, at * tenth - done.messages))
  while (done.reconnects < (at * goal.reconnects) / CHECKPOINTS) await dropSockets()
  await look()
}

const [first, last] = [checkpoints[0]!.heldMb, checkpoints.at(-1)!.heldMb]
const misses = parts
  .filter((name) => last[name] - first[name] > BOUNDS_MB[name])
  .map(
    (name) =>
      `${name}: ${(last[name] - first[name]).toFixed(2)} MB more than after the first tenth; ${BOUNDS_MB[name]} MB are allowed`,
  )
if (values.json)
  writeFileSync(
    values.json,
    JSON.stringify({ node: process.version, goal, boundsMb: BOUNDS_MB, checkpoints, misses }, null, 2),
  )
for (const miss of misses) console.error(miss)

await page.close()
await agent.stop()
await server.stop()
await postgres?.drop()
await rm(dataDir, { recursive: true, force: true })
process.exit(misses.length > 0 ? 1 : 0)
