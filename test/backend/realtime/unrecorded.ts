import type { Scenario } from './recording.js'

type Frame = [string | null, string | null, string, string, unknown]
interface Unrecorded {
  sent: Frame[]
  /** How many frames come back before the last one is sent. */
  answers: number
  last?: Frame
}

const upTo = (count: number, frame: (n: string) => Frame[]) =>
  Array.from({ length: count }, (_, n) => frame(String(n + 1))).flat()

/** By scenario, from what else was recorded on the connection. */
const UNRECORDED: Record<string, (first: Frame, second: Frame) => Unrecorded> = {
  limit_channels: ({ 2: refused }) => ({
    sent: upTo(100, (n) => [[n, n, refused.replace(/101$/, n), 'phx_join', {}]]),
    answers: 100,
  }),
  limit_events: (_join, { 2: topic }) => ({
    sent: upTo(1_000, (n) => [['1', n, topic, 'broadcast', { type: 'broadcast', event: 'e', payload: {} }]]),
    answers: 0,
    last: ['1', '1001', topic, 'broadcast', { type: 'broadcast', event: 'e', payload: {} }],
  }),
  // refused at once, but counted
  limit_joins: ([, ref, topic]) => ({
    sent: upTo(1_000, (n) => [[n, n, 'realtime:', 'phx_join', {}]]),
    answers: 1_000,
    last: [ref, ref, topic, 'phx_join', {}],
  }),
}

/** What a recorded client sent that was only noted, not recorded one by one. */
export function unrecorded({ name, steps }: Pick<Scenario, 'name' | 'steps'>, conn: string): Unrecorded {
  const recorded = steps.filter((step) => step.conn === conn && step.kind === 'text')
  const [first, second] = recorded.map(({ data }) => JSON.parse(data as string) as Frame)
  return UNRECORDED[name]!(first!, second!)
}
