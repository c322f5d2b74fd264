import { childOf, every, type Clock } from './clock.js'
import type { Browser } from './defaults.js'

const BEAT_MS = 2_000
/** A leader not heard of for this long is frozen or worse. */
const SILENCE_MS = 6_000

/** Tabs of one person, of which one leads. Two that lead for a moment do no harm: what they send has keys. */
export interface Tabs {
  /** Tabs cannot agree here: each leads, and has to say on the shelf what it works on. */
  readonly isAlone: boolean
  leads(): boolean
  /** Resolves while this tab leads. */
  leading(): Promise<void>
  /** Tells every other tab. */
  tell(news: unknown): void
}

type Word = { news: unknown } | { beat: 'seen' | 'unseen' } | { ask: true }

export function createTabs(options: {
  browser: Browser
  clock: Clock
  /** Tabs with the same one belong together. */
  place: string
  heard: (news: unknown) => void
  /** This tab leads from now on. */
  led: () => void
  signal: AbortSignal
}): Tabs {
  const { browser, clock, place, signal } = options
  const { locks } = browser
  const channel = browser.BroadcastChannel && new browser.BroadcastChannel(place)
  let isAlone = !locks || !channel
  let isLeading = isAlone
  const waiters: (() => void)[] = []
  let abdicate = () => {}
  let wait: AbortController | null = null
  let isStealing = false
  let heardAt = clock.now()
  let lookedAt = heardAt

  const say = (word: Word) => !signal.aborted && channel?.postMessage(word)
  const beat = () => say({ beat: browser.isVisible() ? 'seen' : 'unseen' })

  function lead() {
    isLeading = true
    for (const wake of waiters.splice(0)) wake()
    options.led()
  }

  async function hold() {
    isStealing = false
    lead()
    beat()
    await new Promise<void>((resolve) => {
      abdicate = resolve
      signal.addEventListener('abort', () => resolve())
    })
    isLeading = false
  }

  async function compete(locks: NonNullable<Browser['locks']>) {
    while (!signal.aborted) {
      const waiting = (wait = childOf(signal))
      try {
        await (isStealing
          ? locks.request(place, { steal: true }, hold)
          : locks.request(place, { signal: waiting.signal }, hold))
      } catch {
        // called off by us, or taken away by a tab that took this one for dead; else there are no locks to be had
        if (!waiting.signal.aborted && !isLeading) isAlone = true
      }
      waiting.abort()
      isLeading = false
      heardAt = clock.now()
      if (isAlone) return lead()
    }
  }

  function look() {
    const now = clock.now()
    // a tab that slept itself has not listened either
    if (now - lookedAt > 2 * BEAT_MS) heardAt = now
    lookedAt = now
    if (isLeading) return void beat()
    if (!browser.isVisible() || now - heardAt <= SILENCE_MS) return
    isStealing = true
    wait?.abort()
  }

  function hear(word: Word) {
    if (signal.aborted) return
    if ('news' in word) options.heard(word.news)
    else if ('ask' in word) return isLeading && !browser.isVisible() && abdicate()
    else {
      heardAt = clock.now()
      if (word.beat === 'unseen' && browser.isVisible() && !isLeading) say({ ask: true })
    }
  }

  if (channel) channel.onmessage = ({ data }) => hear(data as Word)
  if (isAlone) lead()
  else {
    void compete(locks!)
    void every(clock, () => BEAT_MS, look, signal)
    const forget = browser.onVisibility(() => browser.isVisible() && !isLeading && say({ ask: true }))
    signal.addEventListener('abort', forget)
  }
  signal.addEventListener('abort', () => channel?.close())

  return {
    get isAlone() {
      return isAlone
    },
    leads: () => isLeading,
    leading: () => (isLeading ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    tell: (news) => void say({ news }),
  }
}
