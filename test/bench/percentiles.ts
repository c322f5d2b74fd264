export interface Latency {
  p50: number
  p95: number
  p99: number
  max: number
}

/** Of these milliseconds, to a hundredth; nearest rank. */
export function latencyOf(milliseconds: Iterable<number>): Latency {
  const sorted = Float64Array.from(milliseconds).sort()
  const at = (share: number) => rounded(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

/** The middle one of an odd number of rounds: what another program did to one of them does not count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN
}

export const medianLatency = (rounds: readonly Latency[]): Latency => ({
  p50: median(rounds.map(({ p50 }) => p50)),
  p95: median(rounds.map(({ p95 }) => p95)),
  p99: median(rounds.map(({ p99 }) => p99)),
  max: median(rounds.map(({ max }) => max)),
})

export const rounded = (value: number) => Math.round(value * 100) / 100
