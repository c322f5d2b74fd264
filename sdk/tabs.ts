import { childOf } from './child-of.js'
import { every, type Clock } from './clock.js'
import type { Browser } from './defaults.js'

const BEAT_MS = 2_000
/** A leader not heard of for this long is frozen or worse. */
const SILENCE_MS = 6_000

/** Tabs of one person, of which one leads. Two that lead for a moment do no harm: what they send has keys. */
export interface Tabs {
  /** Takes part in who leads: whoever may send does, so that nobody leads who cannot. */
  join(): void
  /** Has no part in it any more, until it joins again. */
  leave(): void
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
  let part: AbortController | null = null
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

  async function hold(stop: AbortSignal) {
    if (stop.aborted) return
    isStealing = false
    lead()
    beat()
    await new Promise<void>((resolve) => {
      abdicate = resolve
      stop.addEventListener('abort', () => resolve())
    })
    isLeading = false
  }

  async function compete(locks: NonNullable<Browser['locks']>, stop: AbortSignal) {
    while (!stop.aborted) {
      const waiting = (wait = childOf(stop))
      const work = () => hold(stop)
      try {
        await (isStealing
          ? locks.request(place, { steal: true }, work)
          : locks.request(place, { signal: waiting.signal }, work))
      } catch {
        // called off by us, or taken away by a tab that took this one for dead; else there are no locks to be had
        if (!waiting.signal.aborted && !isLeading) isAlone = true
      }
      waiting.abort()
      if (stop.aborted) return
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
    if (!part || !browser.isVisible() || now - heardAt <= SILENCE_MS) return
    isStealing = true
    wait?.abort()
  }

  function hear(word: Word) {
    if (signal.aborted) return
    if ('news' in word) options.heard(word.news)
    else if ('ask' in word) return isLeading && !browser.isVisible() && abdicate()
    else {
      heardAt = clock.now()
      if (word.beat === 'unseen') askFor()
    }
  }
  const askFor = () => part && browser.isVisible() && !isLeading && say({ ask: true })

  if (channel) channel.onmessage = ({ data }) => hear(data as Word)
  if (isAlone) lead()
  else {
    void every(clock, () => BEAT_MS, look, signal)
    const forget = browser.onVisibility(askFor)
    signal.addEventListener('abort', forget)
  }
  signal.addEventListener('abort', () => channel?.close())

  return {
    join() {
      if (part || isAlone) return
      heardAt = clock.now()
      void compete(locks!, (part = childOf(signal)).signal)
    },
    leave() {
      part?.abort()
      part = null
    },
    get isAlone() {
      return isAlone
    },
    leads: () => isLeading,
    leading: () => (isLeading ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    tell: (news) => void say({ news }),
  }
}
