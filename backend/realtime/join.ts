import { authorize, publicRights, type Rights } from './authorize.js'
import { encodeBroadcast } from './broadcast-frames.js'
import { type Channel, deliverNow, endChannel, expel, reply, send, system } from './channel.js'
import { WIRE_PREFIX } from './hub.js'
import { storedBroadcasts } from './replay.js'
import type { Refusal } from './verify-token.js'
import type { Broadcast, Frame } from './wire.js'

export const databaseRefusal: Refusal = {
  code: 'UnableToConnectToProject',
  text: 'Realtime was unable to connect to the project database',
}

/**
 * Lets a channel in or refuses it. The client hears, in this order: the answer, what is replayed, the presence
 * state, what happened meanwhile.
 */
export async function admit(channel: Channel, frame: Frame): Promise<void> {
  const { parts, config, room, wire } = channel
  const refuse = ({ code, text }: Refusal) => {
    if (channel.phase === 'closed') return
    endChannel(channel)
    parts.log.debug({ topic: room.topic, code }, 'refused a join')
    reply(channel, frame, 'error', { reason: `${code}: ${text}` })
  }

  const token = config.token ?? wire.token
  const { claims, refusal } = await parts.verify(token)
  if (refusal) return refuse(refusal)
  let rights = publicRights
  try {
    if (room.isPrivate) rights = await authorize(parts.db, claims, room.topic)
  } catch (error) {
    parts.log.warn({ err: error, topic: room.topic }, 'unable to authorize a join; the database did not answer')
    return refuse(databaseRefusal)
  }
  if (!mayJoin(channel, rights)) return refuse({ code: 'Unauthorized', text: mayNotRead(room.topic) })
  // left, or lost its socket, meanwhile
  if (channel.phase !== 'joining') return

  channel.access = { token, expiresAt: claims.exp * 1000, sessionId: claims['sid'], rights }
  parts.hub.enter(channel)
  let replayed: Broadcast[] = []
  try {
    if (config.replay) replayed = await storedBroadcasts(parts.db, room.topic, config.replay)
  } catch (error) {
    parts.log.warn({ err: error, topic: room.topic }, 'unable to replay broadcasts; the database did not answer')
    return refuse({ code: 'UnableToReplayMessages', text: 'Realtime was unable to replay messages' })
  }
  if (channel.phase !== 'joining') return

  channel.phase = 'joined'
  reply(channel, frame, 'ok', { postgres_changes: [] })
  for (const broadcast of rights.read.broadcast ? replayed : []) {
    const encoded = encodeBroadcast(WIRE_PREFIX + room.topic, broadcast, wire.version, channel.joinRef)
    if (encoded) wire.transmit(encoded)
  }
  showPresence(channel)
  const known = new Set(replayed.map(({ id }) => id))
  for (const { outgoing, id } of channel.held.splice(0)) if (!id || !known.has(id)) deliverNow(channel, outgoing)
  if (config.replicationReady) channel.replicationDueAt = Date.now() + parts.limits.replicationReadyMs
  tellReplication(channel, Date.now())
}

/** Reading broadcasts, or presence where it was asked for, is enough to join. */
export const mayJoin = ({ config }: Channel, { read }: Rights) =>
  read.broadcast || (config.presence.enabled && read.presence)

export const mayNotRead = (topic: string) => `You do not have permissions to read from this Channel topic: ${topic}`

/** Gives the presence state once, to a channel that asked for it and may see it. */
export function showPresence(channel: Channel): void {
  if (channel.seesPresence || !channel.config.presence.enabled || !channel.access.rights.read.presence) return
  channel.seesPresence = true
  channel.parts.rates.presence.take()
  send(channel, null, 'presence_state', channel.parts.presence.state(channel.room))
}

/** Tells a channel that asked, once, that it hears the database; ends it where that does not come in time. */
export function tellReplication(channel: Channel, now: number): void {
  if (channel.replicationDueAt === null) return
  if (channel.parts.isListening()) {
    channel.replicationDueAt = null
    system(channel, 'ok', 'Replication connection established')
  } else if (now >= channel.replicationDueAt) {
    expel(channel, 'Replication connection was not established in time')
  }
}
