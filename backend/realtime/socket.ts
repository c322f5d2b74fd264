import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { passOn } from './broadcast.js'
import {
  type Channel,
  closeChannel,
  createChannel,
  endChannel,
  expel,
  inTurn,
  type Parts,
  sayClosed,
  type Wire,
} from './channel.js'
import { decodeFrame, encodeFrame } from './frames.js'
import { WIRE_PREFIX } from './hub.js'
import { admit, tellReplication } from './join.js'
import { readJoin } from './join-config.js'
import { atMost, RATE_WINDOW_MS } from './limits.js'
import { callPresence } from './presence-call.js'
import { refreshAccess } from './refresh-access.js'
import { expired, type Refusal } from './verify-token.js'
import { type Encoded, type Frame, text, type Version } from './wire.js'

const GOING_AWAY = 1001

export interface Socket {
  channelCount(): number
  /** Puts out channels whose token expired, and the socket itself when nothing came for too long. */
  sweep(now: number): void
  close(code: number, reason?: string): void
  /** Ends the connection without a goodbye. */
  drop(): void
}

/** Serves one connection until it ends. */
export function serveSocket(
  parts: Parts,
  ws: WebSocket,
  connection: Duplex,
  version: Version,
  token: string,
  onEnd: () => void,
): Socket {
  const { limits, log } = parts
  const channels = new Map<string, Channel>()
  const mayJoinNow = atMost((limits.joinsPerSecond * RATE_WINDOW_MS) / 1000, RATE_WINDOW_MS)
  const maySendNow = atMost((limits.messagesPerSecond * RATE_WINDOW_MS) / 1000, RATE_WINDOW_MS)
  let lastHeardAt = Date.now()

  const waiting: Encoded[] = []

  const transmit = (frame: Encoded) => {
    if (ws.readyState !== ws.OPEN) return
    const bytes = waiting.length === 0 ? frame : Buffer.concat([...waiting.splice(0), frame])
    // past `ws`, which would make a frame for each receiver: between two of its own, since none is compressed or in parts
    connection.write(bytes)
    if (ws.bufferedAmount <= limits.bufferedBytes) return
    log.info({ bufferedBytes: ws.bufferedAmount }, 'dropped a socket; it does not read what it is sent')
    ws.terminate()
  }
  const transmitWaiting = () => {
    const last = waiting.pop()
    if (last) transmit(last)
  }
  // a write is a system call, however long: they are a third of a busy process
  const transmitWithNext = (frame: Encoded) => {
    if (waiting.push(frame) === 1) parts.soon(transmitWaiting)
  }
  const answer = (frame: Frame, status: 'ok' | 'error', response: unknown, joinRef = frame.joinRef) => {
    const { ref, topic } = frame
    transmit(text(encodeFrame({ joinRef, ref, topic, event: 'phx_reply', payload: { status, response } }, version)))
  }
  const wire: Wire = {
    version,
    token,
    transmit,
    transmitWithNext,
    forget: (channel) => {
      const key = WIRE_PREFIX + channel.room.topic
      if (channels.get(key) === channel) channels.delete(key)
    },
    maySend: () => maySendNow(Date.now()),
  }

  /** A topic that is joined again: its first channel ends at once, and hears so after the second was answered. */
  const join = async (frame: Frame) => {
    const known = channels.get(frame.topic)
    if (known) endChannel(known)
    await enter(frame)
    if (known) sayClosed(known)
  }

  const enter = (frame: Frame): Promise<void> | void => {
    const refuse = ({ code, text }: Refusal) => answer(frame, 'error', { reason: `${code}: ${text}` }, frame.ref)
    if (!mayJoinNow(Date.now()) || !parts.rates.joins.take()) {
      refuse({ code: 'ClientJoinRateLimitReached', text: 'Too many joins per second' })
      return ws.close(GOING_AWAY)
    }
    const topic = frame.topic.slice(WIRE_PREFIX.length)
    if (topic === '') return refuse({ code: 'TopicNameRequired', text: 'You must provide a topic name' })
    const { config, refusal } = { config: undefined, ...readJoin(frame.payload) }
    if (!config) return refuse(refusal)
    if (!config.isPrivate && !limits.publicChannels) {
      return refuse({ code: 'PrivateOnly', text: 'This project only allows private channels' })
    }
    if (channels.size >= limits.channelsPerSocket) {
      return refuse({ code: 'ChannelRateLimitReached', text: 'Too many channels' })
    }
    const room = { topic, isPrivate: config.isPrivate }
    const channel = createChannel(parts, wire, room, frame.joinRef ?? frame.ref, config)
    channels.set(frame.topic, channel)
    return new Promise((resolve) => inTurn(channel, () => admit(channel, frame).finally(resolve)))
  }

  const leave = (channel: Channel, frame: Frame) => {
    const isCurrent = frame.joinRef === null || String(frame.joinRef) === String(channel.joinRef)
    answer(frame, 'ok', {})
    if (isCurrent) closeChannel(channel)
  }

  const receive = (frame: Frame) => {
    if (frame.topic === 'phoenix' && frame.event === 'heartbeat') return answer(frame, 'ok', {}, null)
    if (frame.event === 'phx_join' && frame.topic.startsWith(WIRE_PREFIX)) return void join(frame)
    const channel = channels.get(frame.topic)
    if (!channel && frame.event === 'phx_leave') return answer(frame, 'ok', {})
    if (!channel) return answer(frame, 'error', { reason: 'unmatched topic' }, null)
    const { broadcast, payload } = frame
    switch (frame.event) {
      case 'phx_leave':
        return leave(channel, frame)
      case 'access_token':
        return inTurn(channel, () => refreshAccess(channel, payload))
      case 'broadcast':
        return broadcast && inTurn(channel, () => passOn(channel, frame, broadcast))
      case 'presence':
        return inTurn(channel, () => callPresence(channel, frame))
      default:
        log.debug({ topic: channel.room.topic }, 'dropped a frame; its event is unknown')
    }
  }

  ws.on('message', (data, isBinary) => {
    lastHeardAt = Date.now()
    const frame = decodeFrame(data as Buffer, isBinary, version)
    if (frame) receive(frame)
    else log.debug({ version, isBinary }, 'dropped a frame; it is malformed')
  })
  ws.on('error', (error) => log.debug({ err: error }, 'a socket failed'))
  ws.on('close', () => {
    for (const channel of [...channels.values()]) endChannel(channel)
    onEnd()
  })

  return {
    channelCount: () => channels.size,
    sweep(now) {
      for (const channel of [...channels.values()]) {
        const { expiresAt } = channel.access
        if (expiresAt <= now) expel(channel, expired(expiresAt / 1000, now).text)
        else tellReplication(channel, now)
      }
      if (now - lastHeardAt > limits.idleMs) ws.close(1000)
    },
    close: (code, reason) => ws.close(code, reason),
    drop: () => ws.terminate(),
  }
}
