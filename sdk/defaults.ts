import { type Clock, systemClock } from './clock.js'

/** Where a visitor's session outlives a reload. */
export interface ChatStorage {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
}

/** What tabs of one browser share, as far as this one lets us: private windows and sandboxed frames withhold parts. */
export interface Browser {
  indexedDB?: IDBFactory
  localStorage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  BroadcastChannel?: typeof BroadcastChannel
  locks?: Pick<LockManager, 'request'>
  /** Whether someone may be looking at this tab. */
  isVisible(): boolean
  /** Calls back when that changes. Returns its stop. */
  onVisibility(listener: () => void): () => void
}

/** What the application may bring of its own; the rest is found in the runtime. */
export interface SurroundingsOptions {
  /** Address of the Parley server, e.g. `https://chat.example`. */
  url: string
  fetch?: typeof fetch
  /** Socket class. Node before 22 has none: pass the one of `ws`, else the SDK polls. */
  WebSocket?: typeof WebSocket
  clock?: Clock
  /** 0 up to 1, as `Math.random`. */
  random?: () => number
  /** Calls back when the network or the page may have come to life again, or the network may be gone. Returns its stop. */
  onWake?: (listener: () => void) => () => void
  /** What tabs share: databases, locks, channels. */
  browser?: Browser
}

export interface Surroundings extends Required<Omit<SurroundingsOptions, 'WebSocket' | 'browser'>> {
  WebSocket: typeof WebSocket | undefined
  /** Undefined: to be found in the runtime. */
  browser: Browser | undefined
}

export function surroundingsOf(options: SurroundingsOptions): Surroundings {
  return {
    url: options.url.replace(/\/+$/, ''),
    fetch: options.fetch ?? ((...request) => fetch(...request)),
    WebSocket: options.WebSocket ?? globalThis.WebSocket,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    onWake: options.onWake ?? onPageWake,
    browser: options.browser,
  }
}

export function randomKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID()
  // pages without TLS have only this half of the API
  const hex = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte, at) =>
      (at === 6 ? (byte & 15) | 64 : at === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, '0'),
    )
    .join('')
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Whether this is a page, with cookies and storage, rather than a process. */
export const isInPage = (): boolean => typeof document !== 'undefined'

function onPageWake(listener: () => void): () => void {
  if (!isInPage()) return () => {}
  const ended = new AbortController()
  const { signal } = ended
  const seen = () => document.visibilityState === 'visible' && listener()
  // a socket hears of a lost network only when a beat is not answered
  for (const type of ['online', 'offline']) addEventListener(type, listener, { signal })
  addEventListener('pageshow', seen, { signal })
  for (const type of ['resume', 'visibilitychange']) document.addEventListener(type, seen, { signal })
  return () => ended.abort()
}
