import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { seededRandom } from '../sdk/builders.js'
import type { Engine } from '../support/database.js'
import { actsOf } from './acts.js'
import type { Odds } from './dice.js'
import { addTo, type Tally } from './fault-kinds.js'
import type { Broken, InvariantName } from './invariants.js'
import { planOutages } from './outages.js'
import { startServers } from './servers.js'
import { withinTime } from './standstill.js'
import type { RoundReport, WorkerActs } from './worker.js'

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))

export interface LabOptions {
  engine: Engine
  seed: number
  /** At least so many; the last round is finished. */
  messages: number
  servers: number
  workers: number
  agents: number
  /** Per worker and round. */
  conversations: number
  messagesPerConversation: number
  paceMs: number
  /** At most, in a round. */
  outages: number
  outageEveryMs: number
  outageMaxMs: number
  odds: Odds
  reloadOdds: number
  boundMs: number
  /** A round that takes longer stands still: the run ends and says who waits for what. */
  roundMs: number
  isWoken: boolean
  /** Told after each round. */
  onRound?: (report: LabReport) => void
}

export interface LabReport {
  seed: number
  engine: Engine
  rounds: number
  messages: number
  seconds: number
  faults: Tally
  convergedMs: number[]
  /** Every case of every broken invariant. */
  broken: Broken
}

/** Rounds of people who write under faults, until there were enough messages. */
export async function runLab(options: LabOptions): Promise<LabReport> {
  const { engine, seed } = options
  const startedAt = performance.now()
  const report: LabReport = {
    seed,
    engine,
    rounds: 0,
    messages: 0,
    seconds: 0,
    faults: {},
    convergedMs: [],
    broken: {},
  }
  const random = seededRandom(seed)
  const nextSeed = () => Math.floor(random() * 2 ** 32)
  const servers = await startServers(options)
  const children: ChildProcess[] = []
  try {
    for (let at = 0; at < options.workers; at++)
      children.push(fork(WORKER, { execArgv: ['--import', 'tsx'], stdio: 'inherit' }))
    const workers = children.map((child) => actsOf<WorkerActs>(child))
    const setting = { upstreams: servers.processes.map(({ url }) => url), people: servers.people }
    await Promise.all(workers.map((worker) => worker.setUp(setting, nextSeed())))

    while (report.messages < options.messages) {
      const group = (at: number) => ({
        name: `round ${report.rounds}, group ${at}`,
        inboxKey: servers.inboxKey,
        conversations: options.conversations,
        messages: options.conversations * options.messagesPerConversation,
        paceMs: options.paceMs,
        odds: options.odds,
        reloadOdds: options.reloadOdds,
        boundMs: options.boundMs,
        isWoken: options.isWoken,
      })
      const outages = planOutages(servers, workers, seededRandom(nextSeed()), {
        count: options.outages,
        everyMs: options.outageEveryMs,
        maxMs: options.outageMaxMs,
      })
      const wholeRound = async () => {
        await Promise.all(workers.map((worker, at) => worker.gather(group(at), nextSeed())))
        outages.start()
        await Promise.all(workers.map((worker) => worker.storm()))
        await outages.stop()
        return Promise.all(workers.map((worker) => worker.heal()))
      }
      const healed = await withinTime(wholeRound(), options.roundMs, async () => [
        `outage: ${outages.current() ?? 'none'}`,
        ...(await Promise.all(workers.map((worker) => worker.standing()))).flat(),
      ])
      healed.forEach((round) => take(report, round))
      addTo(report.faults, outages.tally)
      report.rounds++
      report.seconds = (performance.now() - startedAt) / 1_000
      options.onRound?.(report)
    }
    return report
  } finally {
    for (const child of children) if (child.exitCode === null) child.kill('SIGKILL')
    await servers.stop()
  }
}

function take(report: LabReport, { messages, tally, convergedMs, broken }: RoundReport): void {
  report.messages += messages
  report.convergedMs.push(...convergedMs)
  addTo(report.faults, tally)
  for (const [name, cases] of Object.entries(broken) as [InvariantName, string[]][])
    report.broken[name] = [...(report.broken[name] ?? []), ...cases]
}
