import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { restoreFirstImage } from '../../backend/db/first-image.js'
import { type Engine, testPostgres } from '../support/database.js'
import { type Child, startChild } from './child.js'
import { watchDatabase } from './database-usage.js'

/** The product. */
export const PARLEY = 'parley'
/** What it is measured against. */
export const FLOOR = 'ws + commit'
export const SOCKET_IO = 'socket.io + commit'

interface Plan {
  name: string
  server: string
  target: 'parley' | 'ws' | 'socket.io'
  environment?: Record<string, string>
}

const plans: Plan[] = [
  { name: 'ws echo', server: './ws-server.ts', target: 'ws' },
  { name: FLOOR, server: './ws-server.ts', target: 'ws', environment: { BENCH_DURABLE: 'yes' } },
  { name: SOCKET_IO, server: './socket-io-server.ts', target: 'socket.io' },
  { name: PARLEY, server: './parley-server.ts', target: 'parley' },
]

/** One system, its server and its load each in a process of its own. */
export interface System {
  name: string
  server: Child
  load: Child
  /** Server memory of one open connection, once there are some. */
  bytesPerConnection: number | null
  /** Processor time of the database's sessions so far; null where the database is the server's own process. */
  databaseCpuMs(): Promise<number | null>
  open(conversations: number): Promise<void>
  stop(): Promise<void>
}

/** Starts them on a fresh database each, all on one server where the engine is a Postgres. */
export function startSystems(engine: Engine, only: string[]): Promise<System[]> {
  const wanted = plans.filter(({ name }) => only.length === 0 || only.includes(name))
  return Promise.all(wanted.map((plan) => startSystem(plan, engine)))
}

async function startSystem(plan: Plan, engine: Engine): Promise<System> {
  const store = await openStore(engine, plan.target !== 'parley')
  const server = await startChild(plan.server, { ...store.environment, ...plan.environment })
  const load = await startChild('./load.ts')
  const port = await server.ask<number>('port')
  let opened = 0
  const system: System = {
    name: plan.name,
    server,
    load,
    bytesPerConnection: null,
    databaseCpuMs: store.cpuMs,
    async open(conversations) {
      if (plan.target !== 'parley') await server.ask('prepare', conversations)
      const before = await server.ask<{ memoryBytes: number }>('usage')
      await load.ask('open', { kind: plan.target, port, conversations })
      const after = await server.ask<{ memoryBytes: number }>('usage')
      const connections = 2 * (conversations - opened)
      // of fewer, what else the server keeps would show as theirs
      if (connections >= 300) {
        system.bytesPerConnection = Math.round((after.memoryBytes - before.memoryBytes) / connections)
      }
      await store.analyze()
      opened = conversations
    },
    async stop() {
      await load.stop()
      await server.stop()
      await store.drop()
    },
  }
  return system
}

interface Store {
  environment: Record<string, string>
  analyze(): Promise<void>
  cpuMs(): Promise<number | null>
  drop(): Promise<void>
}

async function openStore(engine: Engine, isFloor: boolean): Promise<Store> {
  if (engine === 'postgres') {
    const { url, drop } = await testPostgres({ empty: isFloor })
    const { analyze, cpuMs, close } = watchDatabase(url)
    return { environment: { BENCH_DATABASE_URL: url }, analyze, cpuMs, drop: () => close().then(drop) }
  }
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const dataDir = isFloor ? join(folder, 'database') : folder
  if (isFloor) await restoreFirstImage(dataDir)
  return {
    environment: { BENCH_DATABASE_URL: '', BENCH_DATA_DIR: dataDir },
    analyze: () => Promise.resolve(),
    cpuMs: () => Promise.resolve(null),
    drop: () => rm(folder, { recursive: true }),
  }
}
