import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Engine } from '../support/database.js'
import { type LabOptions, runLab } from './lab.js'
import { figuresOf, tableOf } from './table.js'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string', default: process.env['TEST_DATABASE_URL'] ? 'postgres' : 'pglite' },
    workers: { type: 'string', default: '2' },
    servers: { type: 'string', default: '2' },
    conversations: { type: 'string', default: '20' },
    length: { type: 'string', default: '210' },
    pace: { type: 'string', default: '500' },
    'outage-every': { type: 'string', default: '30' },
    'quiet-every': { type: 'string', default: '10' },
    quiet: { type: 'string', default: '60' },
    json: { type: 'string' },
  },
})

const stopping = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stopping.abort(signal))
const conversations = Number(values.conversations)
const options: LabOptions = {
  engine: values.engine as Engine,
  seed: Number(values.seed),
  messages: Number(values.messages),
  servers: Number(values.servers),
  workers: Number(values.workers),
  // each agent may write 20 messages a second to one server
  teams: Math.ceil(conversations / 10),
  agentsPerTeam: 2,
  conversations,
  messagesPerConversation: Number(values.length),
  paceMs: Number(values.pace),
  outageEveryMs: Number(values['outage-every']) * 1_000,
  outageMaxMs: 2_000,
  odds: { request: 0.03, upgrade: 0.2, frame: 0.02 },
  reloadOdds: 0.005,
  boundMs: 75_000,
  roundMs: 1_200_000,
  wokenOdds: 0.8,
  quietEvery: Number(values['quiet-every']),
  quietMs: Number(values.quiet) * 1_000,
  signal: stopping.signal,
  onProgress: ({ rounds, messages, seconds, broken }, unjudged) =>
    console.error(
      `${seconds.toFixed()} s, ${rounds} rounds, ${messages} messages judged, ${unjudged} under way, broken: ${
        Object.entries(broken)
          .map(([name, cases]) => `${name} (${cases.length})`)
          .join() || 'none'
      }`,
    ),
}

const report = await runLab(options)
console.log(tableOf(report))
if (values.json) writeFileSync(values.json, JSON.stringify(figuresOf(report), null, 2) + '\n')
process.exitCode = report.endedBy || Object.keys(report.broken).length ? 1 : 0
