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
const UNRECORDED: Record<string, (recorded: Frame[]) => Unrecorded> = {
  limit_channels: ([{ 2: refused }]) => ({
    sent: upTo(100, (n) => [[n, n, refused.replace(/101$/, n), 'phx_join', {}]]),
    answers: 100,
  }),
  limit_events: ([, { 2: topic }]) => ({
    sent: upTo(1_000, (n) => [['1', n, topic, 'broadcast', { type: 'broadcast', event: 'e', payload: {} }]]),
    answers: 0,
    last: ['1', '1001', topic, 'broadcast', { type: 'broadcast', event: 'e', payload: {} }],
  }),
  // refused at once, but counted
  limit_joins: ([[, ref, topic]]) => ({
    sent: upTo(1_000, (n) => [[n, n, 'realtime:', 'phx_join', {}]]),
    answers: 1_000,
    last: [ref, ref, topic, 'phx_join', {}],
  }),
}

/** What a recorded client sent that was only noted, not recorded one by one. */
export const unrecorded = ({ name, steps }: Pick<Scenario, 'name' | 'steps'>, conn: string): Unrecorded =>
  UNRECORDED[name]!(
    steps
      .filter((step) => step.conn === conn && step.kind === 'text')
      .map(({ data }) => JSON.parse(data as string) as Frame),
  )
