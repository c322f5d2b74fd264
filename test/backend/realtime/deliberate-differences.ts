import type { Scenario, Step } from './recording.js'

/** The steps that a recorded step becomes here. */
type Instead = (step: Step) => Step[]
interface Difference {
  reason: string
  /** Beside each, the recorded steps it replaces: a part of "<connection> <kind> <data>". */
  changes: [recorded: string, instead: Instead][]
}

const nothing: Instead = () => []
const reworded =
  (from: string | RegExp, to: string): Instead =>
  (step) => [{ ...step, data: (step.data as string).replace(from, to) }]
const withBody =
  (more: object): Instead =>
  (step) => [{ ...step, data: { ...(step.data as object), ...more } }]
/** Frames of the step's topic: join ref, ref, event, payload. */
const frames =
  (topic: string, ...sent: [string | null, string | null, string, unknown][]): Instead =>
  (step) =>
    sent.map(([joinRef, ref, event, payload]) => ({
      ...step,
      dir: 'recv',
      kind: 'text',
      data: JSON.stringify([joinRef, ref, `realtime:${topic}`, event, payload]),
    }))

const ok = { status: 'ok', response: {} }
const broadcast = (event: string) => ({ type: 'broadcast', event, payload: {} })
const notHere =
  '{"status":"error","response":{"reason":"RealtimeDisabledForConfiguration: postgres_changes is not available here, listen to broadcasts instead"}}'
const noBindings: Difference = {
  reason: 'A join without a config is one with an empty config; there are no changes of tables to subscribe to.',
  changes: [
    ['"phx_reply"', reworded(/"postgres_changes":\[.+?\]/, '"postgres_changes":[]')],
    ['"system"', nothing],
  ],
}
const noTableChanges = (...further: Difference['changes']): Difference => ({
  reason: 'Changes of tables are not served; a clear refusal beats a channel that stays silent.',
  changes: [['"phx_reply"', reworded(/\{"status".*\}/, notHere)], ['"system"', nothing], ...further],
})

/** All that the embedded server does unlike the real one, beside not sleeping before it refuses (2 s, 5 s). */
export const DIFFERENCES: Record<string, Difference> = {
  'v2.join_minimal': noBindings,
  'v1.join_minimal': noBindings,
  presence_auto_enable: {
    reason: 'Only channels that were given the presence state hear of changes: clients queue the others for ever.',
    changes: [['presence_diff', nothing]],
  },
  connect_errors: {
    reason: 'There is one tenant, whatever the host is called; an unknown version is told so.',
    changes: [
      ['no_tenant http_refused', nothing],
      [
        'bad_vsn http_refused',
        withBody({
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: '{"error":"Unknown protocol version"}',
        }),
      ],
    ],
  },
  join_invalid_config: {
    reason: 'A sentence says what is wrong, where upstream tells of its own crash.',
    changes: [
      [
        'UnknownErrorOnChannel',
        reworded(/UnknownErrorOnChannel.*3/, 'InvalidJoinPayload: config, broadcast and presence must be objects'),
      ],
    ],
  },
  sql_send_binary: {
    reason: 'Nothing of ours sends bytes from the database, so plain Postgres is given no such function.',
    changes: [
      ['send_binary', nothing],
      ['priv binary', nothing],
    ],
  },
  sql_broadcast_changes: {
    reason: 'Nothing of ours has publishing triggers, so plain Postgres is given no such function.',
    changes: [
      ['sql text', nothing],
      ['priv binary', nothing],
    ],
  },
  postgres_changes: noTableChanges(['sql text', nothing], ['[null,null,', nothing]),
  postgres_changes_bad: noTableChanges(),
  limit_payload: {
    reason: 'The documented form, which newer clients read; the snapshot that was recorded sends the bare word.',
    changes: [['payload_size_exceeded', reworded('"payload_size_exceeded"', '{"error":"payload_size_exceeded"}')]],
  },
  limit_frame: {
    reason: 'The socket is closed with the code that the standard has for it.',
    changes: [['A close', withBody({ code: 1009 })]],
  },
  channel_odd_events: {
    reason: 'A malformed broadcast is dropped: one bad frame costs itself only, not the channel.',
    changes: [
      ['null,null,"realtime:topic:0cc8b464","broadcast",{}', nothing],
      ['A text ["1","3","realtime:topic:0cc8b464","phx_reply"', nothing],
      ['phx_error', nothing],
      [
        '[null,"5",',
        frames('topic:0cc8b464', [null, null, 'broadcast', broadcast('stale_ref')], ['1', '5', 'phx_reply', ok]),
      ],
      [
        'A text [null,"6","realtime:topic:0cc8b464","phx_reply"',
        frames('topic:0cc8b464', [null, null, 'broadcast', broadcast('null_ref')], ['1', '6', 'phx_reply', ok]),
      ],
    ],
  },
  limit_events: {
    reason: 'What one socket sends is counted, so that its sender is told and nobody else is put out.',
    changes: [
      [
        'A note sent',
        frames(
          'topic:b8b89f03',
          [
            '1',
            null,
            'system',
            {
              message: 'Too many messages per second',
              status: 'error',
              extension: 'system',
              channel: 'topic:b8b89f03',
            },
          ],
          ['1', '1', 'phx_close', {}],
        ),
      ],
    ],
  },
  limit_joins: {
    reason: 'The recording ends before the sockets do; the real server closes them with 1001, too.',
    changes: [['"phx_reply"', (step) => [step, { ...step, kind: 'close', data: { code: 1001, reason: '' } }]]],
  },
  limit_events_next_channel: {
    reason: 'As above: another socket goes on.',
    changes: [
      ['"system"', nothing],
      ['phx_close', nothing],
      [
        'unmatched topic',
        frames('topic:6ed0ffc2', [null, null, 'broadcast', broadcast('null_ref')], ['1', '6', 'phx_reply', ok]),
      ],
    ],
  },
}

/** The scenario as it goes here. Each change has to find what it changes: the table lists no difference that is gone. */
export function asHere(scenario: Scenario): Scenario {
  const unused = new Set(DIFFERENCES[scenario.name]?.changes ?? [])
  const steps = scenario.steps.flatMap((step) => {
    const { conn, dir, kind, data } = step
    const text = `${dir === 'sql' ? 'sql' : conn} ${kind} ${typeof data === 'string' ? data : JSON.stringify(data)}`
    const change = DIFFERENCES[scenario.name]?.changes.find(([recorded]) => text.includes(recorded) && dir !== 'send')
    if (!change) return [step]
    unused.delete(change)
    return change[1](step)
  })
  if (unused.size > 0)
    throw new Error(`${scenario.name} has no ${[...unused].map(([recorded]) => recorded).join(', ')}`)
  return { ...scenario, steps }
}
