import { type Channel, expel, reply } from './channel.js'
import type { Broadcast, Frame } from './wire.js'

export const bodyBytes = ({ body }: Broadcast) => (typeof body === 'string' ? Buffer.byteLength(body) : body.length)

/** A client's broadcast: to everyone else in the room, and to the sender where it asked for that. */
export function passOn(channel: Channel, frame: Frame, broadcast: Broadcast): void {
  const { parts, config, room, access } = channel
  if (!channel.wire.maySend()) return expel(channel, 'Too many messages per second')
  if (bodyBytes(broadcast) > parts.limits.payloadBytes) {
    parts.log.debug({ topic: room.topic }, 'dropped a broadcast; its payload is too large')
    if (config.ack) reply(channel, frame, 'error', { error: 'payload_size_exceeded' })
    return
  }
  if (!access.rights.write.broadcast) {
    // as the real server: no answer, not even to who asked for one
    parts.log.debug({ topic: room.topic }, 'dropped a broadcast; its sender may not write to this topic')
    return
  }
  parts.publish(room, broadcast, config.self ? undefined : channel)
  if (config.ack) reply(channel, frame, 'ok')
}
