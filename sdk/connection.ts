import type { ChatError } from './protocol/errors.js'

export type ConnectionPhase = 'idle' | 'connecting' | 'catching-up' | 'live' | 'reconnecting' | 'offline' | 'closed'

export interface ConnectionState {
  phase: ConnectionPhase
  /** Why it does not work at the moment; null once it does. */
  lastError: ChatError | null
  /** When the next attempt is due, as `Date.now()` counts. */
  retryAt: number | null
}

/**
 * `listening`: news would reach us, by socket or long poll. `caughtUp`: a digest asked for since then was
 * applied. `dropped`: news no longer reaches us. `unreachable`: the server cannot be asked either.
 * `reached`: it answered again. `stopped` can be started again, `closed` cannot.
 */
export type ConnectionSignal =
  'started' | 'listening' | 'caughtUp' | 'dropped' | 'unreachable' | 'reached' | 'stopped' | 'closed'

/** The phase that follows a phase on a signal. */
export const nextPhase: Record<ConnectionPhase, Record<ConnectionSignal, ConnectionPhase>> = {
  idle: row('idle', { started: 'connecting' }),
  connecting: row('connecting', { listening: 'catching-up', unreachable: 'offline' }),
  'catching-up': row('catching-up', { caughtUp: 'live', dropped: 'reconnecting', unreachable: 'offline' }),
  live: row('live', { dropped: 'reconnecting' }),
  reconnecting: row('reconnecting', { listening: 'catching-up', unreachable: 'offline' }),
  offline: row('offline', { listening: 'catching-up', reached: 'reconnecting' }),
  closed: row('closed', { stopped: 'closed' }),
}

/** A full row: what is not said stays as it is, and each but `closed` can be stopped and closed. */
function row(
  stay: ConnectionPhase,
  moves: Partial<Record<ConnectionSignal, ConnectionPhase>>,
): Record<ConnectionSignal, ConnectionPhase> {
  return {
    started: stay,
    listening: stay,
    caughtUp: stay,
    dropped: stay,
    unreachable: stay,
    reached: stay,
    stopped: 'idle',
    closed: 'closed',
    ...moves,
  }
}
