/** A value that changes over time. The snapshot stays the same object until something in it changes. */
export interface Store<T> {
  /** Returns the undo. The listener is told that there is a new snapshot, not what it is. */
  subscribe(listener: () => void): () => void
  getSnapshot(): T
}

/** A store together with the right to change it; only its owner holds this. */
export interface Cell<T> extends Store<T> {
  set(value: T): void
}

export function createStore<T>(value: T): Cell<T> {
  const listeners = new Set<() => void>()
  return {
    getSnapshot: () => value,
    set(next) {
      if (next === value) return
      value = next
      for (const listener of [...listeners]) tell(listener)
    },
    subscribe(listener) {
      // wrapped, so that one function subscribed twice is two subscriptions
      const entry = () => listener()
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
  }
}

/** Calls a listener of the application; what it throws is the application's, and stops nothing of ours. */
export function tell(listener: () => void): void {
  try {
    listener()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
