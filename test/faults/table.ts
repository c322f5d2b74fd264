import { allFaults } from './fault-kinds.js'
import type { LabReport } from './lab.js'
import type { InvariantName } from './invariants.js'

/** Cases shown per broken invariant; the file of `--json` has them all. */
const MAX_CASES = 5

const atQuantile = (sorted: readonly number[], quantile: number) =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? 0)

/** The figures of a run, for machines. */
export function figuresOf({ convergedMs, broken, ...report }: LabReport) {
  const sorted = [...convergedMs].sort((one, other) => one - other)
  const cases = (...names: InvariantName[]) => names.reduce((sum, name) => sum + (broken[name]?.length ?? 0), 0)
  return {
    ...report,
    faultKinds: Object.keys(report.faults).length,
    lost: cases('I1 no acknowledged loss'),
    duplicated: cases('I2 at most once'),
    misordered: cases('I3 density', 'I4 same order', 'I5 order of the sender', 'I9 no hole shown'),
    convergenceMs: { p50: atQuantile(sorted, 0.5), p99: atQuantile(sorted, 0.99), max: atQuantile(sorted, 1) },
    broken,
  }
}

/** The same for people. */
export function tableOf(report: LabReport): string {
  const figures = figuresOf(report)
  const { p50, p99, max } = figures.convergenceMs
  const line = (name: string, value: number | string) => `${name.padEnd(32)} ${String(value).padStart(10)}`
  return [
    line('seed', figures.seed),
    line('engine', figures.engine),
    line('rounds', figures.rounds),
    line('seconds', figures.seconds.toFixed()),
    ...(figures.endedBy ? [`ended early: ${figures.endedBy}`] : []),
    '',
    ...allFaults.filter((kind) => figures.faults[kind]).map((kind) => line(kind, figures.faults[kind]!)),
    line('kinds of fault', figures.faultKinds),
    '',
    line('messages', figures.messages),
    line('lost', figures.lost),
    line('duplicated', figures.duplicated),
    line('misordered', figures.misordered),
    line('typing shown', figures.looked.typingsShown),
    line('unread counts', figures.looked.unreadCounts),
    line('drafts kept over a reload', figures.looked.draftsCarried),
    line('clients watched idle', figures.looked.idleClients),
    line('convergence p50/p99/max in ms', `${p50}/${p99}/${max}`),
    ...Object.entries(report.broken).flatMap(([name, cases]) => [
      '',
      `broken: ${name} (${cases.length})`,
      ...cases.slice(0, MAX_CASES).map((each) => `  ${each}`),
    ]),
  ].join('\n')
}
