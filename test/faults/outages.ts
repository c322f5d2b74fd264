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

/** Outages that follow each other until `stop`, which resolves when everything runs again. */
interface Outages {
  tally: Tally
  /** What is going on. */
  current(): Outage | null
  /** Resolves when everything runs; until the returned undo nothing happens. */
  calm(): Promise<() => void>
  stop(): Promise<void>
}

export function startOutages(
  servers: Servers,
  workers: Worker[],
  random: () => number,
  options: { outageEveryMs: number; outageMaxMs: number },
): Outages {
  const tally: Tally = {}
  let current: Outage | null = null
  let going: Promise<unknown> = Promise.resolve()
  const calms = new Set<object>()
  const stopping = new AbortController()
  const some = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!
  const aWhile = () => sleep(random() * options.outageMaxMs)
  /** Who alone tells would be taken for two until the one that died is forgotten, five minutes later. */
  const forget = async () => {
    if (servers.processes.length === 1) await servers.database?.query('delete from realtime.listeners')
  }
  const each = (work: (worker: Worker) => Promise<unknown>) => Promise.all(workers.map(work))

  const bring: Record<Outage, () => Promise<unknown>> = {
    'server killed': async () => {
      const server = some(servers.processes)
      await server.kill()
      await forget()
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
      await forget()
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
    'database gone silent': async () => servers.database?.goSilent(),
    'database rows locked': async () => servers.database?.lock(random() * options.outageMaxMs),
    'network down': () => each((worker) => worker.cutOff(random() * options.outageMaxMs)),
  }
  const possible = outages.filter((outage) => servers.database || !outage.startsWith('database'))

  async function run() {
    let left: Outage[] = []
    for (;;) {
      await sleep(random() * 2 * options.outageEveryMs, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      if (calms.size) continue
      // each kind once before any comes again
      if (!left.length) left = [...possible]
      current = left.splice(Math.floor(random() * left.length), 1)[0]!
      tally[current] = (tally[current] ?? 0) + 1
      going = bring[current]()
      await going
      current = null
    }
  }
  const running = run()
  // looked at when it is stopped
  running.catch(() => {})
  return {
    tally,
    current: () => current,
    async calm() {
      const calm = {}
      calms.add(calm)
      await going
      return () => void calms.delete(calm)
    },
    stop() {
      stopping.abort()
      return running
    },
  }
}
