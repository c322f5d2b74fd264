import { setTimeout as sleep } from 'node:timers/promises'
import type { actsOf } from './acts.js'
import { outages, type Outage, type Tally } from './fault-kinds.js'
import type { Servers } from './servers.js'
import type { WorkerActs } from './worker.js'

type Worker = ReturnType<typeof actsOf<WorkerActs>>

const COMMIT_PATIENCE_MS = 2_000

/** Backends of the servers; those of the lab itself are left alone. */
const END_BACKENDS = `
  select pg_terminate_backend(pid)
  from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and application_name like $1`

/** Outages that follow each other from `start` until `stop`, which resolves when everything runs again. */
interface Outages {
  tally: Tally
  /** What is going on. */
  current(): Outage | null
  start(): void
  stop(): Promise<void>
}

export function planOutages(
  servers: Servers,
  workers: Worker[],
  random: () => number,
  options: { count: number; everyMs: number; maxMs: number },
): Outages {
  const tally: Tally = {}
  let current: Outage | null = null
  const stopping = new AbortController()
  const some = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!
  const aWhile = () => sleep(random() * options.maxMs)
  const each = (work: (worker: Worker) => Promise<unknown>) => Promise.all(workers.map(work))

  const bring: Record<Outage, () => Promise<unknown>> = {
    'server killed': async () => {
      const server = some(servers.processes)
      await server.kill()
      await aWhile()
      await server.start()
    },
    'server killed after a commit': async () => {
      const worker = some(workers)
      await worker.killAfterCommit(
        servers.processes.map((server) => server.pid()),
        COMMIT_PATIENCE_MS,
      )
      for (const server of servers.processes) await server.kill()
      await servers.startAll()
    },
    'server frozen': async () => {
      const pid = some(servers.processes).pid()
      process.kill(pid, 'SIGSTOP')
      await aWhile()
      process.kill(pid, 'SIGCONT')
    },
    'server drained': async () => {
      const server = some(servers.processes)
      await server.drain()
      await server.start()
    },
    'database connections ended': async () => servers.database?.query(END_BACKENDS, ['parley%']),
    'database listening ended': async () => servers.database?.query(END_BACKENDS, ['parley listening']),
    'database rows locked': async () => servers.database?.lock(random() * options.maxMs),
    'network down': () => each((worker) => worker.cutOff(random() * options.maxMs)),
  }
  const possible = outages.filter((outage) => servers.database || !outage.startsWith('database'))

  async function run() {
    // each kind once before any comes again
    for (let left = [...possible], at = 0; at < options.count; at++, left = left.length ? left : [...possible]) {
      await sleep(random() * 2 * options.everyMs, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      const outage = left.splice(Math.floor(random() * left.length), 1)[0]!
      tally[outage] = (tally[outage] ?? 0) + 1
      current = outage
      await bring[outage]()
      current = null
    }
  }
  let running = Promise.resolve()
  return {
    tally,
    current: () => current,
    start() {
      running = run()
      // looked at when it is stopped
      running.catch(() => {})
    },
    stop() {
      stopping.abort()
      return running
    },
  }
}
