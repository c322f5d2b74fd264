import type { Call } from './api.js'
import { findBrowser } from './browser.js'
import { childOf } from './child-of.js'
import { every, onAbort } from './clock.js'
import { type ConnectionSignal, type ConnectionState, nextPhase, transportOf } from './connection.js'
import type { Surroundings } from './defaults.js'
import { ChatError } from './protocol/errors.js'
import type { ActAnswer } from './protocol/routes.js'
import type { RealtimeAddress } from './protocol/session.js'
import { MAX_SYNC_WAIT_MS, type SyncAnswer, type SyncRequest } from './protocol/sync.js'
import { openRealtime, type Realtime } from './realtime.js'
import { asChatError, isTransient, retryAfterMs } from './retry.js'
import type { SessionKeeper } from './session.js'
import type { Cell } from './store.js'
import { createSync } from './sync.js'

/** A socket that has not opened by then, or a second later, is helped out by long polls. */
const POLL_AFTER_MS = 5_000
/** One that was refused as often is helped out at once. */
const MAX_REFUSALS = 2

/** Twice as late means that the page slept. */
const TICK_MS = 15_000

/** Keeps news coming: by socket where there is one, by long polls where there is none or while it is down. */
export interface Link {
  state: Cell<ConnectionState>
  /** Resolves once a first digest was applied. Trouble that may pass is waited out; anything else rejects. */
  start(signal?: AbortSignal): Promise<void>
  /** Hears a topic while the link is up, until the returned undo. */
  watch(topic: string): () => void
  /** Says something to those who hear a topic now; where that cannot be, nobody ever hears it. */
  say(topic: string, event: string, payload: object): void
  /** Asks what changed, in 20 to 80 ms, unless `isNeeded` says by then that there is no need. */
  soon(isNeeded?: () => boolean): void
  /** The server answered somebody: whoever waits because it was away asks again at once, and a conversation in it is news. */
  answered(answer?: unknown): void
  stop(): void
  close(): void
}

export interface LinkOptions<S> {
  surroundings: Surroundings
  keeper: Omit<SessionKeeper<S>, 'adopt'>
  call: Call
  /** Cursors of the logs to ask for. */
  open: () => SyncRequest['open']
  apply: (answer: SyncAnswer) => void
  signal: AbortSignal
  /** Topics without which nothing can be called live. */
  baseTopics: (session: S) => Promise<string[]>
  heard: (topic: string, event: string, payload: unknown) => void
}

export function createLink<S extends { realtime: RealtimeAddress }>(
  options: LinkOptions<S>,
  state: Cell<ConnectionState>,
): Link {
  const { surroundings, keeper } = options
  const { clock, random, browser = findBrowser() } = surroundings
  const sync = createSync(options)
  const watched = new Map<string, number>()
  const joined = new Set<string>()
  let base: string[] = []
  let realtime: Realtime | null = null
  let run: AbortController | null = null
  let starting: Promise<void> | null = null
  let fallback: AbortController | null = null
  /** Those that the server asked for are not among them. */
  const naps = new Set<AbortController>()
  let patience: AbortController | null = null
  let refusals = 0

  function tell(signal: ConnectionSignal, change: Partial<ConnectionState> = {}) {
    const before = state.getSnapshot()
    const phase = nextPhase[before.phase][signal]
    const after = { ...before, ...change, phase, transport: transportOf[phase] ?? null }
    if (phase !== before.phase) after.since = clock.now()
    else if (after.lastError === before.lastError && after.retryAt === before.retryAt) return
    state.set(after)
  }
  const isHeard = () => base.length > 0 && base.every((topic) => joined.has(topic))
  const worked = (signal: ConnectionSignal = 'reached') => tell(signal, { lastError: null, retryAt: null })

  const lossOf = ({ code }: ChatError): ConnectionSignal =>
    code.startsWith('token_') || code === 'user_changed' ? 'refused' : isHeard() ? 'reached' : 'unreachable'

  /** Notes a failure and waits for the next attempt, or for a sign that it is worth one. */
  async function pause(lastError: ChatError, attempt: number, stop: AbortSignal) {
    const waitMs = retryAfterMs(lastError, attempt, random)
    tell(lossOf(lastError), { lastError, retryAt: clock.now() + waitMs })
    const napping = childOf(stop)
    if (!lastError.retryAfterMs) naps.add(napping)
    await clock.sleep(waitMs, napping.signal)
    naps.delete(napping)
    napping.abort()
  }

  function answered(answer?: unknown) {
    const { head } = (answer ?? {}) as Partial<ActAnswer>
    // a page of messages tells a number by this name
    if (head?.conversationId) sync.learnt(head)
    for (const napping of naps) napping.abort()
  }

  async function untilDone<T>(
    work: () => Promise<T>,
    stop: AbortSignal,
    isGivenUp = (error: ChatError) => !isTransient(error),
  ) {
    for (let attempt = 0; ; attempt++) {
      let failure: ChatError
      try {
        const done = await work()
        if (!stop.aborted) return done
        failure = new ChatError('aborted', 'unable to connect; it was called off')
      } catch (error) {
        failure = asChatError(error)
      }
      if (stop.aborted || isGivenUp(failure)) throw failure
      await pause(failure, attempt, stop)
    }
  }

  /** Asks until the answer comes; a refusal is only told, for the next occasion may be luckier. */
  async function catchUp(stop: AbortSignal) {
    const wasHeard = isHeard()
    try {
      await untilDone(() => sync.now(stop), stop)
      if (wasHeard && isHeard()) tell('listening')
      worked(wasHeard && isHeard() ? 'caughtUp' : 'reached')
    } catch (caught) {
      const lastError = asChatError(caught)
      if (!stop.aborted) tell(lossOf(lastError), { lastError, retryAt: null })
    }
  }

  async function poll(stop: AbortSignal) {
    patience = childOf(stop)
    // those whom a drain asks to dial in turn do not ask all at once, either
    const patienceMs = POLL_AFTER_MS + random() * (realtime?.spreadMs() ?? 0)
    await clock.sleep(surroundings.WebSocket && refusals < MAX_REFUSALS ? patienceMs : 0, patience.signal)
    patience.abort()
    for (let attempt = 0, waitMs = 0; !stop.aborted; attempt++) {
      try {
        await sync.poll(waitMs, stop)
        if (stop.aborted) return
        worked('polled')
        waitMs = MAX_SYNC_WAIT_MS
        attempt = -1
      } catch (error) {
        if (stop.aborted) return
        waitMs = 0
        await pause(asChatError(error), attempt, stop)
      }
    }
  }

  function helpOut(stop: AbortSignal) {
    if (fallback) return
    fallback = childOf(stop)
    void poll(fallback.signal)
  }

  function onJoined(topic: string, stop: AbortSignal) {
    joined.add(topic)
    if (!base.includes(topic)) return sync.soon()
    if (!isHeard()) return
    refusals = 0
    fallback?.abort()
    fallback = null
    tell('listening')
    void catchUp(stop)
  }

  function onLeft(topic: string, stop: AbortSignal) {
    if (!joined.delete(topic) || !base.includes(topic)) return
    if (!fallback) tell('dropped')
    helpOut(stop)
  }

  function openSocket(session: S, stop: AbortSignal) {
    const { WebSocket } = surroundings
    if (!WebSocket) return
    realtime = openRealtime({
      address: session.realtime,
      token: keeper.token,
      renew: keeper.renew,
      surroundings: { ...surroundings, WebSocket },
      reconnectWindowMs: sync.reconnectWindowMs,
      joined: (topic) => onJoined(topic, stop),
      left: (topic) => onLeft(topic, stop),
      refused: () => ++refusals < MAX_REFUSALS || patience?.abort(),
      heard: options.heard,
    })
    for (const topic of [...base, ...watched.keys()]) realtime.join(topic)
  }

  async function bringUp(stop: AbortSignal) {
    // nobody waits for someone to sign in: whoever asked to connect is told
    const isRefused = (error: ChatError) => !isTransient(error) || error.code.startsWith('token_')
    const session = await untilDone(keeper.current, stop, isRefused)
    base = await untilDone(() => options.baseTopics(session), stop, isRefused)
    openSocket(session, stop)
    helpOut(stop)
    await untilDone(() => sync.now(stop), stop, isRefused)
    worked()
    let tickedAt = 0
    let askedAt = clock.now()
    const wake = () => {
      askedAt = clock.now()
      answered()
      realtime?.probe()
      return catchUp(stop)
    }
    const tick = () => ((tickedAt = clock.now()), TICK_MS)
    const look = () => {
      const now = clock.now()
      const isSeen = browser.isVisible()
      // hidden pages are called late all the time
      if (isSeen && now - tickedAt > 2 * TICK_MS) return wake()
      if (fallback || now - askedAt < sync.quietMs(isSeen)) return
      askedAt = now
      return catchUp(stop)
    }
    void every(clock, tick, look, stop)
    stop.addEventListener('abort', surroundings.onWake(wake))
  }

  function stop() {
    run?.abort()
    realtime?.close()
    joined.clear()
    sync.forget()
    base = []
    refusals = 0
    run = realtime = starting = fallback = null
    tell('stopped', { lastError: null, retryAt: null })
  }

  return {
    state,
    stop,
    soon: sync.soon,
    answered,
    say: (topic, event, payload) => realtime?.say(topic, event, payload),
    start(signal) {
      if (state.getSnapshot().phase === 'closed' || signal?.aborted)
        return Promise.reject(new ChatError('aborted', 'unable to connect; it was called off'))
      if (starting) return starting
      const mine = (run = childOf())
      const callOff = () => run === mine && stop()
      const forget = onAbort(signal, callOff)
      tell('started')
      starting = bringUp(mine.signal)
        .catch((error: unknown) => {
          callOff()
          throw error
        })
        .finally(forget)
      return starting
    },
    watch(topic) {
      const count = watched.get(topic) ?? 0
      watched.set(topic, count + 1)
      if (!count) realtime?.join(topic)
      return () => {
        const left = watched.get(topic)! - 1
        if (left) return void watched.set(topic, left)
        watched.delete(topic)
        joined.delete(topic)
        realtime?.leave(topic)
      }
    },
    close() {
      tell('closed')
      stop()
    },
  }
}
