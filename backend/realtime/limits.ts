import { createRate, createRates, type Rate } from './rates.js'

export interface RealtimeLimits {
  /** Open sockets of this process. */
  sockets: number
  channelsPerSocket: number
  /** Per socket, averaged over `RATE_WINDOW_MS`, so that a rejoin of every channel passes. */
  joinsPerSecond: number
  /** Broadcasts sent per socket, and over HTTP per person, averaged likewise; `Infinity` for no limit. */
  messagesPerSecond: number
  /** Of this process, as Supabase counts a project's: each broadcast once sent and once per receiver. */
  serverMessagesPerSecond: number
  /** Of this process: each call, each state given, each change once per receiver. */
  serverPresencePerSecond: number
  serverJoinsPerSecond: number
  /** `track` and `untrack` together, per channel and `PRESENCE_WINDOW_MS`. */
  presenceCalls: number
  /** Largest broadcast or presence payload, in bytes of its JSON. */
  payloadBytes: number
  /** Largest frame; a bigger one ends the socket. */
  frameBytes: number
  /** A socket that leaves more than this unread is dropped. */
  bufferedBytes: number
  /** Frames of one channel that may wait for an answer of the database. */
  waitingFrames: number
  /** A socket from which nothing came for so long is closed. */
  idleMs: number
  /** How long a channel that asked to be told waits for the broadcasts of the database to arrive. */
  replicationReadyMs: number
  /** How often idle sockets, expired tokens and channels that wait for the database are looked for. */
  sweepMs: number
  /** Whether anyone with the public key may join channels that are not private. */
  publicChannels: boolean
}

/** As Supabase's free plan where it bites, so that development fails like production; what is of all is switched on. */
export const DEFAULT_LIMITS: RealtimeLimits = {
  sockets: 10_000,
  channelsPerSocket: 100,
  joinsPerSecond: 100,
  messagesPerSecond: 100,
  serverMessagesPerSecond: Infinity,
  serverPresencePerSecond: Infinity,
  serverJoinsPerSecond: Infinity,
  presenceCalls: 5,
  payloadBytes: 256_000,
  frameBytes: 5_000_000,
  bufferedBytes: 4_000_000,
  waitingFrames: 100,
  idleMs: 60_000,
  replicationReadyMs: 60_000,
  sweepMs: 1_000,
  publicChannels: false,
}

export const RATE_WINDOW_MS = 10_000
export const PRESENCE_WINDOW_MS = 30_000

/** Counts calls in windows of `windowMs`; the answer is whether this one still fits. */
export function atMost(max: number, windowMs: number): (now: number) => boolean {
  const rate = createRate(max, windowMs)
  return (now) => rate.take(1, now)
}

/** What this process and the people on it have sent lately. */
export interface RealtimeRates {
  messages: Rate
  presence: Rate
  joins: Rate
  /** Broadcasts over HTTP, by person. */
  overHttp: (person: string) => Rate
}

export function ratesOf(limits: RealtimeLimits): RealtimeRates {
  const perWindow = (perSecond: number) => (perSecond * RATE_WINDOW_MS) / 1000
  return {
    messages: createRate(perWindow(limits.serverMessagesPerSecond), RATE_WINDOW_MS),
    presence: createRate(perWindow(limits.serverPresencePerSecond), RATE_WINDOW_MS),
    joins: createRate(perWindow(limits.serverJoinsPerSecond), RATE_WINDOW_MS),
    overHttp: createRates(perWindow(limits.messagesPerSecond), RATE_WINDOW_MS),
  }
}
