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
    workers: { type: 'string', default: '1' },
    servers: { type: 'string', default: '2' },
    conversations: { type: 'string', default: '40' },
    json: { type: 'string' },
  },
})

const options: LabOptions = {
  engine: values.engine as Engine,
  seed: Number(values.seed),
  messages: Number(values.messages),
  servers: Number(values.servers),
  workers: Number(values.workers),
  // each may write 20 messages a second to one server
  agents: Math.max(4, Math.ceil(Number(values.conversations) / 4)),
  conversations: Number(values.conversations),
  messagesPerConversation: 90,
  paceMs: 500,
  outages: 50,
  outageEveryMs: 5_000,
  outageMaxMs: 2_000,
  odds: { request: 0.1, upgrade: 0.2, frame: 0.08 },
  reloadOdds: 0.01,
  boundMs: 75_000,
  roundMs: 240_000,
  isWoken: false,
  onRound: ({ rounds, messages, seconds, broken }) =>
    console.error(
      `round ${rounds}: ${messages} messages, ${seconds.toFixed()} s, broken: ${Object.keys(broken).join() || 'none'}`,
    ),
}

const report = await runLab(options)
console.log(tableOf(report))
if (values.json) writeFileSync(values.json, JSON.stringify(figuresOf(report), null, 2) + '\n')
process.exitCode = Object.keys(report.broken).length ? 1 : 0
