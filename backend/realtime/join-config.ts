import { randomUUID } from 'node:crypto'
import type { Refusal } from './verify-token.js'
import { isObject } from './wire.js'

const MAX_REPLAY = 25

/** What a client asks for in `phx_join`. */
export interface JoinConfig {
  isPrivate: boolean
  /** Whether each broadcast is answered. */
  ack: boolean
  /** Whether the sender gets its own broadcasts. */
  self: boolean
  /** Stored broadcasts to begin with: the newest `limit` not older than `since`, milliseconds since 1970. */
  replay: { since: number; limit: number } | null
  /** Whether to be told that broadcasts of the database arrive. */
  replicationReady: boolean
  presence: { enabled: boolean; key: string }
  /** Null to run as the socket does. */
  token: string | null
}

// some clients write booleans as text
const isTrue = (value: unknown) => value === true || value === 'true'

/** Unknown keys are ignored and small mistakes forgiven; what would change who sees what is refused. */
export function readJoin(payload: unknown): { config: JoinConfig; refusal?: undefined } | { refusal: Refusal } {
  const asked = isObject(payload) ? payload : {}
  const { broadcast, presence, ...config } = isObject(asked['config']) ? asked['config'] : {}
  for (const part of [asked['config'], broadcast, presence]) {
    if (part !== undefined && part !== null && !isObject(part)) {
      return { refusal: { code: 'InvalidJoinPayload', text: 'config, broadcast and presence must be objects' } }
    }
  }
  const bindings = config['postgres_changes']
  if (Array.isArray(bindings) && bindings.some((binding) => binding !== null)) {
    const text = 'postgres_changes is not available here, listen to broadcasts instead'
    return { refusal: { code: 'RealtimeDisabledForConfiguration', text } }
  }
  const { ack, self, replay, replication_ready } = (broadcast ?? {}) as Record<string, unknown>
  const { enabled, key } = (presence ?? {}) as Record<string, unknown>
  const isPrivate = isTrue(config['private'])
  const replayed = readReplay(replay, isPrivate)
  if (typeof replayed === 'string') return { refusal: { code: 'UnableToReplayMessages', text: replayed } }
  const token = asked['access_token'] ?? asked['user_token']
  return {
    config: {
      isPrivate,
      ack: isTrue(ack),
      self: isTrue(self),
      replay: replayed,
      replicationReady: isTrue(replication_ready),
      presence: { enabled: isTrue(enabled), key: typeof key === 'string' && key !== '' ? key : randomUUID() },
      token: isToken(token) ? token : null,
    },
  }
}

/** Whether it is a person's token: keys of Supabase's newer kind stand for the one that opened the socket. */
export const isToken = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !value.startsWith('sb_')

function readReplay(replay: unknown, isPrivate: boolean): JoinConfig['replay'] | string {
  if (replay === undefined || replay === null) return null
  if (!isPrivate) return 'Replay is not allowed for public channels'
  if (!isObject(replay)) return 'Replay params are not valid'
  const { since, limit = MAX_REPLAY } = replay
  if (!Number.isSafeInteger(since) || !Number.isSafeInteger(limit)) return 'Replay params are not valid'
  return { since: since as number, limit: Math.min(Math.max(limit as number, 1), MAX_REPLAY) }
}
