// How long a message takes to be stored and to reach the other side, beside what the same sockets and the same
// database take without us. `npm run bench -- --quick`; TEST_DATABASE_URL adds a real Postgres.
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { type Figure, isPastKnee, measure } from './measure.js'
import { readOptions } from './options.js'
import { compare, printFigure, printHeading } from './report.js'
import { startSystems } from './systems.js'

const options = readOptions(process.argv.slice(2))
const figures: Figure[] = []
const memory: Record<string, number | null> = {}

for (const engine of options.engines) {
  const systems = await startSystems(engine, options.only)
  try {
    for (const conversations of [...options.conversations].sort((a, b) => a - b)) {
      for (const system of systems) await system.open(conversations)
      let running = systems
      for (const perSecond of options.rates) {
        if (running.length === 0) break
        printHeading(engine, conversations, perSecond)
        const request = { conversations, perSecond, seconds: options.seconds }
        const found = await measure(running, engine, request, options.rounds)
        found.forEach(printFigure)
        figures.push(...found)
        running = running.filter((_, index) => !isPastKnee(found[index]!))
      }
    }
    for (const { name, bytesPerConnection } of systems) memory[`${name} on ${engine}`] = bytesPerConnection
  } finally {
    for (const system of systems) await system.stop()
  }
}

console.log('\nserver memory per connection (kB)')
for (const [name, bytes] of Object.entries(memory)) {
  if (bytes !== null) console.log(`${name.padEnd(32)} ${(bytes / 1_000).toFixed(1)}`)
}
console.log()
const misses = compare(figures)
if (options.json) {
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version }
  writeFileSync(
    options.json,
    JSON.stringify({ machine, options, figures, memoryPerConnection: memory, misses }, null, 2),
  )
}
for (const miss of misses) console.error(miss)
process.exit(misses.length > 0 ? 1 : 0)
