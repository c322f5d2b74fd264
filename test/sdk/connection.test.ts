import { expect, test } from 'vitest'
import { type ConnectionPhase, type ConnectionSignal, nextPhase } from '../../sdk/connection.js'

const phases = Object.keys(nextPhase) as ConnectionPhase[]
const follow = (signals: ConnectionSignal[]) =>
  signals.reduce<ConnectionPhase>((phase, signal) => nextPhase[phase][signal], 'idle')

test('every phase answers every signal with a phase', () => {
  const signals = Object.keys(nextPhase.idle)
  for (const phase of phases) {
    expect(Object.keys(nextPhase[phase])).toEqual(signals)
    for (const next of Object.values(nextPhase[phase])) expect(phases).toContain(next)
  }
})

test('it is live only after a digest that was asked for once news arrives', () => {
  expect(follow(['started', 'caughtUp'])).toBe('connecting')
  expect(follow(['started', 'listening'])).toBe('catching-up')
  expect(follow(['started', 'listening', 'caughtUp'])).toBe('live')
  expect(follow(['started', 'listening', 'dropped', 'caughtUp'])).toBe('reconnecting')
})

test('where there is no socket long polls do, until one is there', () => {
  expect(follow(['started', 'polled'])).toBe('degraded')
  expect(follow(['started', 'polled', 'caughtUp', 'dropped', 'reached'])).toBe('degraded')
  expect(follow(['started', 'polled', 'unreachable'])).toBe('offline')
  expect(follow(['started', 'polled', 'listening', 'caughtUp'])).toBe('live')
})

test('who is refused waits for a session, from wherever they were, and goes on with it', () => {
  for (const phase of ['connecting', 'catching-up', 'live', 'degraded', 'reconnecting', 'offline'] as const)
    expect(nextPhase[phase].refused).toBe('auth-required')
  for (const signal of ['refused', 'unreachable', 'dropped', 'caughtUp'] as const)
    expect(nextPhase['auth-required'][signal]).toBe('auth-required')
  expect(nextPhase['auth-required'].polled).toBe('degraded')
  expect(nextPhase['auth-required'].listening).toBe('catching-up')
})

test('attempts that keep failing do not flicker', () => {
  const offline = follow(['started', 'unreachable'])
  expect(offline).toBe('offline')
  for (const signal of ['unreachable', 'dropped', 'caughtUp', 'started'] as const)
    expect(nextPhase[offline][signal]).toBe('offline')
})

test('nothing leads out of closed', () => {
  expect(new Set(Object.values(nextPhase.closed))).toEqual(new Set(['closed']))
})
