/** How one herd came back after its server went away; times in milliseconds by one clock. */
export interface Stampede {
  policy: 'parley' | 'plain'
  fault: 'drained' | 'killed'
  size: number
  /** Over which a drained server asks its clients to spread. */
  windowMs: number
  lostAtMs: number
  /** When the server could be reached again. */
  upAtMs: number
  dials: readonly number[]
  /** When `POST /v1/sync` was asked. */
  syncs: readonly number[]
  /** When each was back for good. */
  backs: readonly number[]
}

export interface StampedeFigures extends Pick<Stampede, 'policy' | 'fault' | 'size' | 'windowMs'> {
  downMs: number
  peakDialsPerSecond: number
  dialsPerClient: number
  backMs: { p50: number; p99: number; max: number }
  peakSyncsPerSecond: number
  /** Bounds that were missed. */
  missed: string[]
}

/** How far a peak may be above the even pace of all within the window: chance, and those who dialled in vain. */
const MAX_UNEVENNESS = 3
/** One after each join; who asks by long poll before its turn asks twice more. */
const DIGESTS_PER_DIAL = 2
const MAX_DIALS_PER_CLIENT = 2
/** After the window, for a last attempt, its join and its digest. */
const LATE_MS = 10_000
/** From a server that is up again to news, after backoff. */
const RECOVERY_MS = 30_000

/** Most within any one second. */
export function peakPerSecond(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other)
  let first = 0
  return sorted.reduce((peak, time, at) => {
    while (sorted[first]! <= time - 1_000) first++
    return Math.max(peak, at - first + 1)
  }, 0)
}

export function figuresOf(stampede: Stampede): StampedeFigures {
  const { policy, fault, size, windowMs, lostAtMs, upAtMs } = stampede
  const after = (times: readonly number[]) => times.filter((time) => time >= lostAtMs)
  const backs = stampede.backs.map((time) => time - lostAtMs).sort((one, other) => one - other)
  const atShare = (share: number) => Math.round(backs[Math.ceil(share * backs.length) - 1] ?? Infinity)
  const figures = {
    ...{ policy, fault, size, windowMs, downMs: Math.round(upAtMs - lostAtMs) },
    peakDialsPerSecond: peakPerSecond(after(stampede.dials)),
    dialsPerClient: after(stampede.dials).length / size,
    backMs: { p50: atShare(0.5), p99: atShare(0.99), max: backs.length < size ? Infinity : atShare(1) },
    peakSyncsPerSecond: peakPerSecond(after(stampede.syncs)),
  }
  return { ...figures, missed: policy === 'parley' ? missedBy(figures) : [] }
}

function missedBy({ fault, size, windowMs, downMs, backMs, ...figures }: Omit<StampedeFigures, 'missed'>): string[] {
  const pace = (MAX_UNEVENNESS * size) / (windowMs / 1_000)
  const bounds: [string, number, number][] =
    fault === 'drained'
      ? [
          ['dials per second at the peak', figures.peakDialsPerSecond, pace],
          ['digests per second at the peak', figures.peakSyncsPerSecond, DIGESTS_PER_DIAL * pace],
          ['dials per client', figures.dialsPerClient, MAX_DIALS_PER_CLIENT],
          ['milliseconds until all are back', backMs.max, windowMs + LATE_MS],
        ]
      : [['milliseconds until 99 % are back', backMs.p99, downMs + RECOVERY_MS]]
  return bounds.filter(([, is, most]) => !(is <= most)).map(([what, is, most]) => `${what}: ${is}, at most ${most}`)
}
