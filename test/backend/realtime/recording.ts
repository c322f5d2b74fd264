import { readFileSync } from 'node:fs'

/**
 * `recorded-frames.jsonl` is what the real server (supabase/realtime v2.129.8, built from source, no gateway) said:
 * a line per frame, tokens as placeholders. There, people may read `topic:%` and `readonly:%` and write `topic:%`.
 */
const FILE = new URL('recorded-frames.jsonl', import.meta.url)

/** One line: what a connection did, sent or received. */
export interface Step {
  conn: string
  kind: 'connect' | 'open' | 'close' | 'text' | 'binary' | 'http' | 'http_refused' | 'note'
  dir: 'send' | 'recv' | 'event' | 'sql'
  data: unknown
  /** Of a binary frame, its bytes. */
  hex?: string
  ms: number
}
export interface Scenario {
  name: string
  label: string
  steps: Step[]
}

export function readRecording(): Scenario[] {
  const scenarios = new Map<string, Scenario>()
  for (const line of readFileSync(FILE, 'utf8').trim().split('\n')) {
    const { scenario: name, label, ...step } = JSON.parse(line) as Step & { scenario: string; label?: string }
    if (label !== undefined) scenarios.set(name, { name, label, steps: [] })
    else scenarios.get(name)!.steps.push(name === 'limit_frame' && step.kind === 'close' ? byServer(step) : step)
  }
  return [...scenarios.values()].map((scenario) => ({ ...scenario, steps: causesFirst(scenario.steps) }))
}

/** Every other close was the client's doing. */
const byServer = (step: Step): Step => ({ ...step, dir: 'recv' })

/** A close was noted once its handshake was over, behind what others heard of it in the same millisecond. */
function causesFirst(steps: Step[]): Step[] {
  const ordered: Step[] = []
  for (const step of steps) {
    const heardOfIt = ({ dir, ms, conn }: Step) => dir === 'recv' && ms === step.ms && conn !== step.conn
    let at = ordered.length
    if (step.kind === 'close') while (at > 0 && heardOfIt(ordered[at - 1]!)) at--
    ordered.splice(at, 0, step)
  }
  return ordered
}
