import type { Store } from '../index.js'

/**
 * The `subscribe` of a store that `start`s with its first listener and stops with its last. A listener that comes back
 * at once, as in StrictMode or when a component takes the place of another, finds it running.
 */
export function whileHeard(start: (tell: () => void) => () => void): Store<unknown>['subscribe'] {
  const listeners = new Set<() => void>()
  let stop: (() => void) | null = null
  return (listener) => {
    const entry = () => listener()
    listeners.add(entry)
    stop ??= start(() => [...listeners].forEach((heard) => heard()))
    return () => {
      listeners.delete(entry)
      queueMicrotask(() => {
        if (listeners.size) return
        stop?.()
        stop = null
      })
    }
  }
}
