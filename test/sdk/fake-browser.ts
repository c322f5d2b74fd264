import { IDBFactory } from 'fake-indexeddb'
import { onAbort } from '../../sdk/clock.js'
import type { Browser } from '../../sdk/defaults.js'

type Grant = (lock: unknown) => Promise<unknown>
interface Holder {
  end: (error: unknown) => void
}

/** Web Locks of one origin: one holder for each name, the others in line. */
function fakeLocks() {
  const holders = new Map<string, Holder>()
  const lines = new Map<string, (() => void)[]>()
  const lineOf = (name: string) => lines.get(name) ?? lines.set(name, []).get(name)!
  const aborted = () => new DOMException('aborted', 'AbortError')

  function hold(name: string, grant: Grant): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const holder = { end: reject }
      holders.set(name, holder)
      const over = (settle: () => void) => {
        settle()
        if (holders.get(name) !== holder) return
        holders.delete(name)
        lineOf(name).shift()?.()
      }
      grant({}).then(
        (value) => over(() => resolve(value)),
        (error) => over(() => reject(error)),
      )
    })
  }

  return (dead: AbortSignal) =>
    ({
      request: async (name: string, options: { signal?: AbortSignal; steal?: boolean }, grant: Grant) => {
        onAbort(dead, () => holders.get(name) === mine && release())
        let mine: Holder | undefined
        const release = () => {
          holders.delete(name)
          lineOf(name).shift()?.()
        }
        const take = () => {
          const held = hold(name, grant)
          mine = holders.get(name)
          return held
        }
        if (options.steal) {
          const robbed = holders.get(name)
          holders.delete(name)
          robbed?.end(aborted())
          return take()
        }
        if (!holders.has(name)) return take()
        return new Promise((resolve, reject) => {
          const turn = () => (dead.aborted ? lineOf(name).shift()?.() : void take().then(resolve, reject))
          lineOf(name).push(turn)
          options.signal?.addEventListener('abort', () => {
            lines.set(
              name,
              lineOf(name).filter((other) => other !== turn),
            )
            reject(aborted())
          })
        })
      },
    }) as unknown as NonNullable<Browser['locks']>
}

export interface FakeTab extends Browser {
  show(isVisible: boolean): void
  /** Nothing of it runs any more: its locks are free, its channels deaf and dumb. */
  kill(): void
  /** It neither hears nor speaks, and holds what it holds. */
  freeze(): void
}

/** One browser profile with its storage and, made by `tab()`, the tabs that share it. */
export function fakeBrowser() {
  const indexedDB = new IDBFactory()
  const strings = new Map<string, string>()
  const localStorage = {
    getItem: (key: string) => strings.get(key) ?? null,
    setItem: (key: string, value: string) => void strings.set(key, value),
    removeItem: (key: string) => void strings.delete(key),
  }
  const locksOf = fakeLocks()
  const channels = new Set<{ name: string; hear: (data: unknown) => void }>()

  function tab(isVisible = true): FakeTab {
    const dead = new AbortController()
    let isFrozen = false
    const watchers = new Set<() => void>()
    class Channel {
      onmessage: ((event: { data: unknown }) => void) | null = null
      #entry
      constructor(name: string) {
        this.#entry = { name, hear: (data: unknown) => !isFrozen && !dead.signal.aborted && this.onmessage?.({ data }) }
        channels.add(this.#entry)
      }
      postMessage(data: unknown) {
        if (isFrozen || dead.signal.aborted) return
        const copy = structuredClone(data)
        for (const other of channels)
          if (other !== this.#entry && other.name === this.#entry.name) queueMicrotask(() => other.hear(copy))
      }
      close() {
        channels.delete(this.#entry)
      }
    }
    return {
      indexedDB,
      localStorage,
      BroadcastChannel: Channel as unknown as typeof BroadcastChannel,
      locks: locksOf(dead.signal),
      isVisible: () => isVisible,
      onVisibility(listener) {
        watchers.add(listener)
        return () => watchers.delete(listener)
      },
      show(now) {
        isVisible = now
        for (const watcher of watchers) watcher()
      },
      kill: () => dead.abort(),
      freeze: () => (isFrozen = true),
    }
  }
  return { indexedDB, strings, tab }
}
