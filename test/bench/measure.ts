import type { Engine } from '../support/database.js'
import type { Usage } from './child.js'
import type { LoadRequest, LoadResult } from './load.js'
import { type Latency, median, medianLatency, rounded } from './percentiles.js'
import type { System } from './systems.js'

/** One system at one pace, over all rounds. */
export interface Figure {
  system: string
  engine: Engine
  conversations: number
  perSecond: number
  ack: Latency
  peer: Latency
  lag: Latency
  throughput: number
  /** Processor time for one message, in milliseconds. The server's is the database's too on the embedded engine. */
  cpuMsPerMessage: { server: number; database: number | null; load: number }
  /** Not known to be stored, or not arrived; in all rounds. */
  lost: number
}

const WARM_UP_SECONDS = 1

/** Lets every system have its turn in each round, so that what else the machine does falls on all of them. */
export async function measure(
  systems: System[],
  engine: Engine,
  request: LoadRequest,
  rounds: number,
): Promise<Figure[]> {
  const results = new Map<System, Turn[]>(systems.map((system) => [system, []]))
  for (let round = 0; round < rounds; round++) {
    for (const system of systems) {
      if (round === 0) await system.load.ask('run', { ...request, seconds: WARM_UP_SECONDS })
      results.get(system)!.push(await turn(system, request))
    }
  }
  return systems.map((system) => {
    const turns = results.get(system)!
    const of = <T>(pick: (load: LoadResult) => T) => turns.map(({ load }) => pick(load))
    const cpuMs = (of: keyof Turn['cpuMs']) =>
      rounded(median(turns.map(({ load, cpuMs }) => (cpuMs[of] ?? NaN) / load.sent)))
    const whyFailed = of((load) => load.firstFailure).find(Boolean)
    if (whyFailed) console.log(`${system.name}: ${whyFailed}`)
    return {
      system: system.name,
      engine,
      conversations: request.conversations,
      perSecond: request.perSecond,
      ack: medianLatency(of((load) => load.ack)),
      peer: medianLatency(of((load) => load.peer)),
      lag: medianLatency(of((load) => load.lag)),
      throughput: median(of((load) => load.throughput)),
      cpuMsPerMessage: {
        server: cpuMs('server'),
        database: turns[0]!.cpuMs.database === null ? null : cpuMs('database'),
        load: cpuMs('load'),
      },
      lost: of((load) => 2 * load.sent - load.acknowledged - load.arrived).reduce((a, b) => a + b, 0),
    }
  })
}

interface Turn {
  load: LoadResult
  cpuMs: { server: number; database: number | null; load: number }
}

async function turn(system: System, request: LoadRequest): Promise<Turn> {
  const used = async () => {
    const [server, load] = await Promise.all([system.server, system.load].map((child) => child.ask<Usage>('usage')))
    return { server: server!.cpuMs, database: await system.databaseCpuMs(), load: load!.cpuMs }
  }
  await system.load.ask('renew')
  const before = await used()
  const load = await system.load.ask<LoadResult>('run', request)
  const after = await used()
  return {
    load,
    cpuMs: {
      server: after.server - before.server,
      database: after.database === null ? null : after.database - before.database!,
      load: after.load - before.load,
    },
  }
}

/** Past its knee a system falls behind, and a higher pace would only measure its queue. */
export const isPastKnee = ({ throughput, perSecond, peer, lost }: Figure) =>
  throughput < 0.9 * perSecond || peer.p99 > 500 || lost > 0
