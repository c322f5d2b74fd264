import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Engine } from '../support/database.js'
import { type Address, oneAddress } from './address.js'
import { type Herd, parleyHerd, plainHerd } from './herd-clients.js'
import { figuresOf, type Stampede, type StampedeFigures } from './herd-figures.js'
import { type Servers, startServers } from './servers.js'

/** Fewer than an inbox lets in at once. */
const PER_INBOX = 900
/** Nobody waits for longer than that, and who is not back by then never was. */
const PATIENCE_MS = 120_000
const LOOK_MS = 50

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '2000' },
    engine: { type: 'string', default: process.env['TEST_DATABASE_URL'] ? 'postgres' : 'pglite' },
    json: { type: 'string' },
  },
})
const size = Number(values.size)

const isWhole = ({ since }: Herd, fromMs: number) => since.every((time) => time !== null && time >= fromMs)
async function waitFor(isDone: () => boolean): Promise<void> {
  const startedAt = performance.now()
  while (!isDone() && performance.now() - startedAt < PATIENCE_MS) await sleep(LOOK_MS)
}

/** Takes the server away that all are connected to. Where there is another, that one leads at once; `mend` brings the first back. */
async function lose({ processes }: Servers, address: Address, fault: Stampede['fault']) {
  const [server, other] = processes
  if (other) address.lead(other.url)
  const gone = fault === 'drained' ? server!.drain() : server!.kill()
  const back = async () => {
    await gone
    await server!.start()
  }
  processes.reverse()
  if (!other) await back()
  return { upAtMs: performance.now(), mend: other ? back : async () => {} }
}

async function stampede(
  herd: Herd,
  away: () => ReturnType<typeof lose>,
  about: Pick<Stampede, 'policy' | 'fault'>,
): Promise<StampedeFigures> {
  await waitFor(() => isWhole(herd, 0))
  const lostAtMs = performance.now()
  const { upAtMs, mend } = await away()
  await waitFor(() => isWhole(herd, lostAtMs))
  const { dials, syncs, since } = herd
  const backs = since.flatMap((time) => (time !== null && time >= lostAtMs ? [time] : []))
  const figures = figuresOf({ ...about, size, windowMs: herd.windowMs(), lostAtMs, upAtMs, dials, syncs, backs })
  console.error(`${about.policy}, server ${about.fault}: ${backs.length} back after ${figures.backMs.max} ms`)
  await mend()
  return figures
}

const row = (cells: (string | number)[]) =>
  cells.map((cell, at) => String(cell)[at ? 'padStart' : 'padEnd'](at ? 13 : 24)).join('')
const seconds = (ms: number) => (ms / 1_000).toFixed(1)

const inboxes = Math.ceil(size / PER_INBOX)
const servers = await startServers({
  engine: values.engine as Engine,
  servers: 2,
  teams: 2 * inboxes,
  agentsPerTeam: 0,
})
try {
  const address = await oneAddress(servers.processes[0]!.url)
  const all: StampedeFigures[] = []
  for (const policy of ['parley', 'plain'] as const) {
    const first = policy === 'parley' ? 0 : inboxes
    const start = policy === 'parley' ? parleyHerd : plainHerd
    const herd = await start(address.url, size, (at) => servers.teams[first + (at % inboxes)]!.inboxKey)
    for (const fault of ['drained', 'killed'] as const)
      all.push(await stampede(herd, () => lose(servers, address, fault), { policy, fault }))
    await herd.close()
  }
  await address.close()
  console.log(`${size} clients, ${values.engine}, told to spread over ${seconds(all[0]!.windowMs)} s after a drain\n`)
  console.log(row(['', 'dials/s, peak', 'per client', '50 % back', '99 %', '100 %', 'syncs/s, peak', 'down']))
  for (const { policy, fault, backMs, ...figures } of all)
    console.log(
      row([
        `${policy}, server ${fault}`,
        ...[figures.peakDialsPerSecond, figures.dialsPerClient.toFixed(2)],
        ...[backMs.p50, backMs.p99, backMs.max].map((ms) => `${seconds(ms)} s`),
        ...[figures.peakSyncsPerSecond, `${seconds(figures.downMs)} s`],
      ]),
    )
  for (const { policy, fault, missed } of all)
    for (const bound of missed) console.log(`\nmissed by ${policy}, server ${fault}: ${bound}`)
  if (values.json) writeFileSync(values.json, JSON.stringify(all, null, 2) + '\n')
  process.exitCode = all.some(({ missed }) => missed.length) ? 1 : 0
} finally {
  await servers.stop()
}
