import { type Figure, isPastKnee } from './measure.js'
import { FLOOR, PARLEY, SOCKET_IO } from './systems.js'

const columns = [
  'system',
  'ack p50',
  'p95',
  'p99',
  'max',
  'peer p50',
  'p95',
  'p99',
  'max',
  'msg/s',
  'cpu ms',
  'database',
  'load',
  'lost',
]

export function printHeading(engine: string, conversations: number, perSecond: number): void {
  console.log(`\n${engine}, ${conversations} conversations, ${perSecond} messages/s (milliseconds)`)
  console.log(line(columns))
}

export function printFigure({ system, ack, peer, throughput, cpuMsPerMessage, lost }: Figure): void {
  const latencies = [ack, peer].flatMap(({ p50, p95, p99, max }) => [p50, p95, p99, max])
  const { server, database, load } = cpuMsPerMessage
  console.log(line([system, ...latencies, throughput, server, database ?? '', load, lost].map(String)))
}

const line = (cells: string[]) =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(20) : cell.padStart(9))).join(' ')

/** The bound of the product: beside the floor of the same run, at a thousand of each. */
const BOUND = { engine: 'postgres', conversations: 1_000, perSecond: 1_000, p50: 1.5, p99: 2, p99Ms: 100 }

const atBound = ({ engine, conversations }: Figure) => engine === BOUND.engine && conversations === BOUND.conversations

/** Prints how far the product is from the floor; resolves the misses of the bound in words. */
export function compare(figures: readonly Figure[]): string[] {
  const misses: string[] = []
  for (const ours of figures.filter(({ system }) => system === PARLEY)) {
    const { engine, conversations, perSecond } = ours
    const floor = figures.find(
      (one) =>
        one.system === FLOOR &&
        one.engine === engine &&
        one.conversations === conversations &&
        one.perSecond === perSecond,
    )
    if (!floor) continue
    const [p50, p99] = (['p50', 'p99'] as const).map((rank) => ours.peer[rank] / floor.peer[rank]) as [number, number]
    const place = `${engine}, ${conversations} conversations, ${perSecond}/s`
    console.log(`${place}: to the peer ${p50.toFixed(2)} x the floor at p50, ${p99.toFixed(2)} x at p99`)
    if (!atBound(ours) || perSecond !== BOUND.perSecond) continue
    if (p50 > BOUND.p50) misses.push(`${place}: p50 is ${p50.toFixed(2)} x the floor, allowed are ${BOUND.p50}`)
    if (p99 > BOUND.p99) misses.push(`${place}: p99 is ${p99.toFixed(2)} x the floor, allowed are ${BOUND.p99}`)
    if (ours.peer.p99 > BOUND.p99Ms) misses.push(`${place}: p99 is ${ours.peer.p99} ms, allowed are ${BOUND.p99Ms}`)
  }
  const held = (system: string) => {
    const paces = figures.filter((one) => one.system === system && atBound(one) && !isPastKnee(one))
    return Math.max(0, ...paces.map(({ perSecond }) => perSecond))
  }
  const knees = [FLOOR, SOCKET_IO, PARLEY].filter((system) =>
    figures.some((one) => one.system === system && atBound(one)),
  )
  for (const system of knees) console.log(`${system}: ${held(system)} messages/s are the most that were held`)
  if (knees.includes(SOCKET_IO) && held(PARLEY) < held(SOCKET_IO))
    misses.push(`the knee of ${PARLEY} is at ${held(PARLEY)}/s, that of ${SOCKET_IO} at ${held(SOCKET_IO)}/s`)
  // past its knee a system answers after the load has stopped waiting, which is no loss
  const lossy = figures.filter(({ lost, throughput, perSecond }) => lost > 0 && throughput >= 0.9 * perSecond)
  return [...misses, ...lossy.map(lossOf)]
}

const lossOf = ({ system, engine, conversations, perSecond, lost }: Figure) =>
  `${system} on ${engine}, ${conversations} conversations, ${perSecond}/s: ${lost} did not arrive`
