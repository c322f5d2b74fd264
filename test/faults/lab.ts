import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { seededRandom } from '../sdk/builders.js'
import type { Engine } from '../support/database.js'
import { actsOf } from './acts.js'
import type { Odds } from './dice.js'
import { addTo, type Tally } from './fault-kinds.js'
import type { Broken, InvariantName } from './invariants.js'
import { startOutages } from './outages.js'
import type { RoundOptions } from './round.js'
import { startServers } from './servers.js'
import { withinTime } from './standstill.js'
import type { Looked, RoundReport, WorkerActs } from './worker.js'

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** How often a run that goes on says how far it is. */
const PROGRESS_MS = 10_000

export interface LabOptions {
  engine: Engine
  seed: number
  /** At least so many; rounds that were begun are finished. */
  messages: number
  servers: number
  workers: number
  /** Per worker. */
  teams: number
  agentsPerTeam: number
  /** Per worker and round. */
  conversations: number
  messagesPerConversation: number
  paceMs: number
  outageEveryMs: number
  outageMaxMs: number
  odds: Odds
  reloadOdds: number
  boundMs: number
  /** A round that takes longer stands still: the run ends and says who waits for what. */
  roundMs: number
  /** How likely everybody hears of a heal; else they have to find out. */
  wokenOdds: number
  /** The first round and each so many after it ends with everybody doing nothing for `quietMs`. */
  quietEvery: number
  quietMs: number
  /** Ends the run early, with what was judged until then. */
  signal?: AbortSignal
  /** Told after each round and every ten seconds, with what the rounds under way have written. */
  onProgress?: (report: LabReport, unjudged: number) => void
}

export interface LabReport {
  seed: number
  engine: Engine
  /** Why there were not as many as asked for; null when there were. */
  endedBy: string | null
  rounds: number
  /** Judged ones. */
  messages: number
  seconds: number
  faults: Tally
  convergedMs: number[]
  looked: Looked
  /** Every case of every broken invariant. */
  broken: Broken
}

/** Groups of people who write under faults, round after round and each at its own pace, until there were enough messages. */
export async function runLab(options: LabOptions): Promise<LabReport> {
  const { engine, seed, onProgress, signal } = options
  const startedAt = performance.now()
  const report: LabReport = {
    ...{ seed, engine, endedBy: null, rounds: 0, messages: 0, seconds: 0 },
    ...{ faults: {}, convergedMs: [], broken: {} },
    looked: { typingsShown: 0, unreadCounts: 0, idleClients: 0, draftsCarried: 0 },
  }
  const servers = await startServers({ ...options, teams: options.teams * options.workers })
  const children: ChildProcess[] = []
  const ended = new AbortController()
  try {
    for (let at = 0; at < options.workers; at++)
      children.push(fork(WORKER, { execArgv: ['--import', 'tsx'], stdio: 'inherit' }))
    const workers = children.map((child) => actsOf<WorkerActs>(child))
    // a name would be looked up for each connection
    const upstreams = servers.processes.map(({ url }) => url.replace('localhost', '127.0.0.1'))
    await Promise.all(
      workers.map((worker, at) => {
        const teams = servers.teams.slice(at * options.teams, (at + 1) * options.teams)
        return worker.setUp({ upstreams, teams }, seed + at)
      }),
    )
    const outages = startOutages(servers, workers, seededRandom(seed), options)

    async function tell() {
      const written = (await Promise.all(workers.map((worker) => worker.written()))).reduce(
        (sum, each) => sum + each,
        0,
      )
      report.seconds = (performance.now() - startedAt) / 1_000
      onProgress?.(report, written)
    }
    async function round(worker: (typeof workers)[0], group: RoundOptions, groupSeed: number) {
      await worker.gather(group, groupSeed)
      await worker.storm()
      const disturb = await outages.calm()
      take(report, await worker.heal().finally(disturb))
      await tell()
    }
    async function goOn(worker: (typeof workers)[0], at: number) {
      const random = seededRandom(seed + at)
      for (let count = 0; report.messages < options.messages; count++) {
        const { conversations, messagesPerConversation, paceMs, odds, reloadOdds, boundMs } = options
        const messages = conversations * messagesPerConversation
        const group = {
          ...{ name: `round ${count}, group ${at}`, conversations, messages, paceMs },
          ...{ odds, reloadOdds, boundMs, isWoken: random() < options.wokenOdds },
          quietMs: count % options.quietEvery === 0 ? options.quietMs : 0,
        }
        const standing = async () => [`outage: ${outages.current() ?? 'none'}`, ...(await worker.standing())]
        await withinTime(round(worker, group, Math.floor(random() * 2 ** 32)), options.roundMs, standing)
      }
    }
    void every(PROGRESS_MS, tell, ended.signal)
    const early = new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    try {
      await Promise.race([Promise.all(workers.map(goOn)), early])
      await outages.stop()
    } catch (error) {
      report.endedBy = error instanceof Error ? error.message : String(error)
    }
    addTo(report.faults, outages.tally)
    return report
  } finally {
    ended.abort()
    for (const child of children) if (child.exitCode === null) child.kill('SIGKILL')
    await servers.stop()
  }
}

function take(report: LabReport, { messages, tally, convergedMs, broken, looked }: RoundReport): void {
  report.rounds++
  report.messages += messages
  report.convergedMs.push(...convergedMs)
  addTo(report.faults, tally)
  for (const kind of Object.keys(looked) as (keyof Looked)[]) report.looked[kind] += looked[kind]
  for (const [name, cases] of Object.entries(broken) as [InvariantName, string[]][])
    report.broken[name] = [...(report.broken[name] ?? []), ...cases]
}

async function every(ms: number, work: () => Promise<void>, signal: AbortSignal) {
  for (;;) {
    await sleep(ms, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    await work().catch(() => {})
  }
}
