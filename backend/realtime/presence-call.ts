import { type Channel, expel, reply } from './channel.js'
import { type Frame, isObject } from './wire.js'

/** `track` and `untrack` of a client. */
export function callPresence(channel: Channel, frame: Frame): void {
  const { parts, access, config } = channel
  const { event, payload = {} } = isObject(frame.payload) ? frame.payload : {}
  if (event === undefined) return reply(channel, frame, 'ok')
  const call = typeof event === 'string' ? event.toLowerCase() : ''
  if (call !== 'track' && call !== 'untrack') return reply(channel, frame, 'error')
  if (!channel.mayCallPresence(Date.now())) return expel(channel, 'Client presence rate limit exceeded')
  if (!parts.rates.presence.take()) return expel(channel, 'Too many presence messages per second')

  if (call === 'untrack') {
    parts.presence.untrack(channel)
    return reply(channel, frame, 'ok')
  }
  if (!access.rights.write.presence) {
    parts.log.debug({ topic: channel.room.topic }, 'refused a presence; its sender may not write to this topic')
    return reply(channel, frame, 'error')
  }
  if (!isObject(payload)) return reply(channel, frame, 'error', { reason: 'Presence track payload must be a map' })
  if (Buffer.byteLength(JSON.stringify(payload)) > parts.limits.payloadBytes) {
    return expel(channel, 'Track message size exceeded')
  }
  parts.presence.track(channel, config.presence.key, payload)
  reply(channel, frame, 'ok')
}
