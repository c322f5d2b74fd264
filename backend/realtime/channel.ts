import type { Logger } from 'pino'
import type { Db } from '../db/client.js'
import type { Rights } from './authorize.js'
import { encodeFrame } from './frames.js'
import { type Hub, type Member, type Room, WIRE_PREFIX } from './hub.js'
import type { JoinConfig } from './join-config.js'
import { atMost, PRESENCE_WINDOW_MS, type RealtimeRates, type RealtimeLimits } from './limits.js'
import type { Presence } from './presence.js'
import type { VerifyToken } from './verify-token.js'
import { type Broadcast, type Encoded, type Frame, type Outgoing, type Ref, text, type Version } from './wire.js'

/** What all sockets of a process share. */
export interface Parts {
  db: Db
  log: Logger
  limits: RealtimeLimits
  rates: RealtimeRates
  hub: Hub
  /** Does it soon, and with whatever else is to be done soon. */
  soon: (work: () => void) => void
  /** Passes on what a client broadcasts, to `hub` and to other processes. */
  publish(room: Room, broadcast: Broadcast, except?: Member): void
  presence: Presence
  verify: VerifyToken
  /** Whether broadcasts of the database arrive. */
  isListening: () => boolean
}

/** A socket as its channels see it. */
export interface Wire {
  readonly version: Version
  /** Token that opened the socket; a join without one of its own runs as this. */
  readonly token: string
  transmit(encoded: Encoded): void
  /** The same with what comes next, a little later where nothing does. */
  transmitWithNext(encoded: Encoded): void
  forget(channel: Channel): void
  /** Counts one broadcast; false when there were too many. */
  maySend(): boolean
}

/** As whom a channel runs, and what that allows. Evaluated at the join and at each new token. */
interface Access {
  token: string
  /** Milliseconds since 1970. */
  expiresAt: number
  /** The claim `sid`: of which session the token is. Tokens that are not ours need not have it. */
  sessionId: unknown
  rights: Rights
}

type Work = () => Promise<void> | void

/** One joined topic of one socket. */
export interface Channel extends Member {
  readonly parts: Parts
  readonly wire: Wire
  readonly joinRef: Ref
  readonly config: JoinConfig
  readonly mayCallPresence: (now: number) => boolean
  access: Access
  phase: 'joining' | 'joined' | 'closed'
  /** True once it was given the presence state: only then does it follow the changes. */
  seesPresence: boolean
  /** Until when, in milliseconds since 1970, the broadcasts of the database may be missing; null where nobody asked. */
  replicationDueAt: number | null
  /** What arrives while the join reads what to replay, with the row ids. */
  held: { outgoing: Outgoing; id: string | undefined }[]
  /** Frames wait here while one before them waits for the database. */
  queue: Work[]
  isBusy: boolean
}

const nothing: Access = {
  token: '',
  expiresAt: Infinity,
  sessionId: undefined,
  rights: { read: { broadcast: false, presence: false }, write: { broadcast: false, presence: false } },
}

export function createChannel(parts: Parts, wire: Wire, room: Room, joinRef: Ref, config: JoinConfig): Channel {
  const channel: Channel = {
    parts,
    wire,
    room,
    joinRef,
    config,
    mayCallPresence: atMost(parts.limits.presenceCalls, PRESENCE_WINDOW_MS),
    access: nothing,
    phase: 'joining',
    seesPresence: false,
    replicationDueAt: null,
    held: [],
    queue: [],
    isBusy: false,
    deliver(kind, outgoing, of) {
      if (kind === 'presence' ? !channel.seesPresence : !channel.access.rights.read.broadcast) return
      if (channel.phase === 'joining') channel.held.push({ outgoing, id: of?.id })
      else deliverNow(channel, outgoing, of?.writer !== undefined && of.writer === channel.access.sessionId)
      const isTooMany = !parts.rates[kind === 'presence' ? 'presence' : 'messages'].take()
      // the last one still arrives, and its sender is answered first
      if (isTooMany && kind === 'broadcast') queueMicrotask(() => expelJoined(channel, 'Too many messages per second'))
    },
  }
  return channel
}

/** What its own session wrote can wait: it has had the answer. */
export function deliverNow({ wire }: Channel, outgoing: Outgoing, isOwn = false): void {
  const encoded = outgoing(wire.version)
  if (encoded && isOwn) wire.transmitWithNext(encoded)
  else if (encoded) wire.transmit(encoded)
}

/** Does `work` after what came before it; what follows waits for its promise. */
export function inTurn(channel: Channel, work: Work): void {
  if (channel.queue.length >= channel.parts.limits.waitingFrames) {
    channel.parts.log.debug({ topic: channel.room.topic }, 'dropped a frame; too many wait for the database')
    return
  }
  channel.queue.push(work)
  if (!channel.isBusy) workOff(channel)
}

function workOff(channel: Channel): void {
  while (channel.phase !== 'closed' && channel.queue.length > 0) {
    const pending = channel.queue.shift()!()
    if (!pending) continue
    channel.isBusy = true
    void pending
      .catch((error: unknown) => crash(channel, error))
      .finally(() => {
        channel.isBusy = false
        workOff(channel)
      })
    return
  }
}

export function send(channel: Channel, ref: Ref, event: string, payload: unknown): void {
  const topic = WIRE_PREFIX + channel.room.topic
  const frame = encodeFrame({ joinRef: channel.joinRef, ref, topic, event, payload }, channel.wire.version)
  channel.wire.transmit(text(frame))
}

export const reply = (channel: Channel, frame: Frame, status: 'ok' | 'error', response: unknown = {}) =>
  send(channel, frame.ref, 'phx_reply', { status, response })

export const system = (channel: Channel, status: 'ok' | 'error', message: string) =>
  send(channel, null, 'system', { message, status, extension: 'system', channel: channel.room.topic })

/** Takes the channel out of everything without a word to its client. */
export function endChannel(channel: Channel): void {
  channel.phase = 'closed'
  channel.parts.hub.leave(channel)
  channel.parts.presence.untrack(channel)
  channel.wire.forget(channel)
}

/** Final: the client does not come back by itself. */
export function closeChannel(channel: Channel): void {
  endChannel(channel)
  sayClosed(channel)
}

export const sayClosed = (channel: Channel) => send(channel, channel.joinRef, 'phx_close', {})

/** Ends the channel and says why. */
export function expel(channel: Channel, message: string): void {
  system(channel, 'error', message)
  closeChannel(channel)
}

function expelJoined(channel: Channel, message: string): void {
  if (channel.phase === 'joined') expel(channel, message)
}

/** The client rejoins after an error of ours. */
function crash(channel: Channel, error: unknown): void {
  channel.parts.log.error({ err: error, topic: channel.room.topic }, 'unable to serve a channel; it was reset')
  if (channel.phase === 'closed') return
  endChannel(channel)
  send(channel, channel.joinRef, 'phx_error', { reason: 'channel_crash' })
}
