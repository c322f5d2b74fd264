import { readBinary } from './binary-frames.js'
import type { Step } from './recording.js'

/** What each connection heard, by topic, in order; without what differs from run to run. */
export type Heard = Record<string, unknown[]>

/** Ids, presence refs and counts of seconds are nobody's promise. */
const timeless = (json: string) =>
  json
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/"(phx_ref(?:_prev)?)":"[\w-]{16}"/g, '"$1":"<phx_ref>"')
    .replace(/\d+ seconds ago/, '<n> seconds ago')
const parsed = (json: string) => (json === '' ? '' : (JSON.parse(timeless(json)) as unknown))

/** Adds a step that was received. A diff of presences may come before or after other frames of its topic. */
export function hear(heard: Heard, { conn, kind, data, hex }: Pick<Step, 'conn' | 'kind' | 'data' | 'hex'>): void {
  const add = (stream: string, what: unknown) => (heard[`${conn} ${stream}`] ??= []).push(what)
  if (hex !== undefined) {
    const { topic, body, meta, encoding, event } = readBinary(Buffer.from(hex, 'hex'))
    return void add(topic, { event, encoding, meta: parsed(meta), body: encoding === 1 ? parsed(body) : body })
  }
  if (kind !== 'text') return void add(kind, parsed(JSON.stringify(data)))
  const frame = parsed(data as string)
  const { topic, event } = Array.isArray(frame)
    ? { topic: frame[2] as string, event: frame[3] as string }
    : (frame as { topic: string; event: string })
  add(event === 'presence_diff' ? `${topic} diffs` : topic, frame)
}

/** What was recorded, in the same form. */
export function recordedHeard(steps: Step[]): Heard {
  const heard: Heard = {}
  for (const step of steps) if (isHeard(step)) hear(heard, step)
  return heard
}

/** Whether a step is something the server did. */
export const isHeard = ({ dir, kind }: Step) => dir === 'recv' || kind === 'http_refused'
