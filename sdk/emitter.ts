import { tell } from './store.js'

/** Typed events: what happened, as against a store's what is. */
export interface Emitter<Events> {
  on<T extends keyof Events>(type: T, listener: (event: Events[T]) => void): () => void
  /** Whether anyone listens. */
  has(type: keyof Events): boolean
  emit<T extends keyof Events>(type: T, event: Events[T]): void
}

export function createEmitter<Events>(): Emitter<Events> {
  const entries = new Set<{ type: keyof Events; listener: (event: never) => void }>()
  return {
    on(type, listener) {
      const entry = { type, listener }
      entries.add(entry)
      return () => void entries.delete(entry)
    },
    has: (type) => [...entries].some((entry) => entry.type === type),
    emit(type, event) {
      for (const entry of [...entries]) if (entry.type === type) tell(() => entry.listener(event as never))
    },
  }
}
