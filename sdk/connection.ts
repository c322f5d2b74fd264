import type { ChatError } from './protocol/errors.js'

/**
 * `live`: news comes by socket. `degraded`: by long poll, for no socket can be had. `auth-required`: the token is
 * refused and cannot be renewed; nothing is dropped, and all goes on once there is a session again.
 */
export type ConnectionPhase =
  'idle' | 'connecting' | 'catching-up' | 'live' | 'degraded' | 'reconnecting' | 'offline' | 'auth-required' | 'closed'

export interface ConnectionState {
  phase: ConnectionPhase
  /** When the phase began, as `Date.now()` counts. */
  since: number
  /** How news comes at the moment. */
  transport: 'socket' | 'poll' | null
  /** Why it does not work at the moment; null once it does. */
  lastError: ChatError | null
  /** When the next attempt is due, as `Date.now()` counts. */
  retryAt: number | null
}

/**
 * `listening`: news would reach us by socket. `caughtUp`: a digest asked for since then was applied. `polled`: one
 * was applied by long poll, with no socket. `dropped`: news no longer comes by socket. `unreachable`: the server cannot
 * be asked either. `refused`: it does not take our token. `reached`: it answered again. `stopped` can be started
 * again, `closed` cannot.
 */
export type ConnectionSignal =
  | 'started'
  | 'listening'
  | 'caughtUp'
  | 'polled'
  | 'dropped'
  | 'unreachable'
  | 'refused'
  | 'reached'
  | 'stopped'
  | 'closed'

type Row = Record<ConnectionSignal, ConnectionPhase>

const isLost = { unreachable: 'offline', refused: 'auth-required' } as const
const isFound = { listening: 'catching-up', polled: 'degraded' } as const

/** The phase that follows a phase on a signal. */
export const nextPhase: Record<ConnectionPhase, Row> = {
  idle: row('idle', { started: 'connecting' }),
  connecting: row('connecting', { ...isFound, ...isLost }),
  'catching-up': row('catching-up', { caughtUp: 'live', dropped: 'reconnecting', ...isLost }),
  live: row('live', { dropped: 'reconnecting', refused: 'auth-required' }),
  degraded: row('degraded', { ...isFound, ...isLost }),
  reconnecting: row('reconnecting', { ...isFound, ...isLost }),
  offline: row('offline', { ...isFound, ...isLost, reached: 'reconnecting' }),
  'auth-required': row('auth-required', { ...isFound, reached: 'reconnecting' }),
  closed: row('closed', { stopped: 'closed' }),
}

export const transportOf: Partial<Record<ConnectionPhase, ConnectionState['transport']>> = {
  'catching-up': 'socket',
  live: 'socket',
  degraded: 'poll',
}

/** A full row: what is not said stays as it is, and each but `closed` can be stopped and closed. */
function row(stay: ConnectionPhase, moves: Partial<Row>): Row {
  return {
    started: stay,
    listening: stay,
    caughtUp: stay,
    polled: stay,
    dropped: stay,
    unreachable: stay,
    refused: stay,
    reached: stay,
    stopped: 'idle',
    closed: 'closed',
    ...moves,
  }
}
