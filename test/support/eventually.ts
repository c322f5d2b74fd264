import { vi } from 'vitest'

const PATIENCE_MS = 25_000

/** Resolves once `check` no longer throws. Patient, for what shares two cores with a browser and two databases. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: PATIENCE_MS, interval: 20 })
