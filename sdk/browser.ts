import { type Browser, type ChatStorage, isInPage } from './defaults.js'

export function findBrowser(): Browser {
  if (!isInPage()) return { isVisible: () => true, onVisibility: () => () => {} }
  return {
    indexedDB: found(() => indexedDB),
    localStorage: found(() => localStorage),
    BroadcastChannel: found(() => BroadcastChannel),
    locks: found(() => navigator.locks),
    isVisible: () => document.visibilityState === 'visible',
    onVisibility(listener) {
      document.addEventListener('visibilitychange', listener)
      return () => document.removeEventListener('visibilitychange', listener)
    },
  }
}

/** Where storage is blocked, even to name it throws. */
function found<T>(look: () => T): T | undefined {
  try {
    return look() ?? undefined
  } catch {
    return undefined
  }
}

/** The browser's storage as far as it lets us, memory for the rest: private windows and sandboxed frames throw. */
export function browserStorage(): ChatStorage {
  const memory = new Map<string, string>()
  const attempt = <T>(work: (storage: Storage) => T): T | null => {
    try {
      return isInPage() ? work(localStorage) : null
    } catch {
      return null
    }
  }
  return {
    get: (key) => memory.get(key) ?? attempt((storage) => storage.getItem(key)),
    set(key, value) {
      if (attempt((storage) => (storage.setItem(key, value), true))) memory.delete(key)
      else memory.set(key, value)
    },
    remove(key) {
      memory.delete(key)
      attempt((storage) => storage.removeItem(key))
    },
  }
}
