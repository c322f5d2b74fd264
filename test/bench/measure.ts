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
  /** Of the server's process, which is the database's too on the embedded engine. */
  cpuMsPerMessage: number
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
  const results = new Map<System, { load: LoadResult; cpuMs: number }[]>(systems.map((system) => [system, []]))
  for (let round = 0; round < rounds; round++) {
    for (const system of systems) {
      if (round === 0) await system.load.ask('run', { ...request, seconds: WARM_UP_SECONDS })
      results.get(system)!.push(await turn(system, request))
    }
  }
  return systems.map((system) => {
    const turns = results.get(system)!
    const of = <T>(pick: (load: LoadResult) => T) => turns.map(({ load }) => pick(load))
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
      cpuMsPerMessage: rounded(median(turns.map(({ load, cpuMs }) => cpuMs / load.sent))),
      lost: of((load) => 2 * load.sent - load.acknowledged - load.arrived).reduce((a, b) => a + b, 0),
    }
  })
}

async function turn(system: System, request: LoadRequest): Promise<{ load: LoadResult; cpuMs: number }> {
  const before = await system.server.ask<Usage>('usage')
  const load = await system.load.ask<LoadResult>('run', request)
  const after = await system.server.ask<Usage>('usage')
  return { load, cpuMs: after.cpuMs - before.cpuMs }
}

/** Past its knee a system falls behind, and a higher pace would only measure its queue. */
export const isPastKnee = ({ throughput, perSecond, peer, lost }: Figure) =>
  throughput < 0.9 * perSecond || peer.p99 > 500 || lost > 0
