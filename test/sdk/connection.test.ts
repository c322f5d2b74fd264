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

test('attempts that keep failing do not flicker', () => {
  const offline = follow(['started', 'unreachable'])
  expect(offline).toBe('offline')
  for (const signal of ['unreachable', 'dropped', 'caughtUp', 'started'] as const)
    expect(nextPhase[offline][signal]).toBe('offline')
})

test('nothing leads out of closed', () => {
  expect(new Set(Object.values(nextPhase.closed))).toEqual(new Set(['closed']))
})
