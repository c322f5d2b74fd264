import { authorize } from './authorize.js'
import { type Channel, expel } from './channel.js'
import { databaseRefusal, mayJoin, mayNotRead, showPresence } from './join.js'
import { isToken } from './join-config.js'
import { isObject } from './wire.js'

/** A different token: all rights are asked for again, and whoever lost one is put out. */
export async function refreshAccess(channel: Channel, payload: unknown): Promise<void> {
  const { parts, room, access } = channel
  const token = isObject(payload) ? payload['access_token'] : null
  if (!isToken(token) || token === access.token) return

  const { claims, refusal } = await parts.verify(token)
  if (channel.phase !== 'joined') return
  // the real server sends this one unformatted
  if (refusal) return expel(channel, refusal.code === 'JwtSignatureError' ? ':signature_error' : refusal.text)
  let { rights } = access
  try {
    if (room.isPrivate) rights = await authorize(parts.db, claims, room.topic)
  } catch (error) {
    parts.log.warn({ err: error, topic: room.topic }, 'unable to authorize a new token; the database did not answer')
    if (channel.phase === 'joined') expel(channel, databaseRefusal.text)
    return
  }
  if (channel.phase !== 'joined') return
  if (!mayJoin(channel, rights)) return expel(channel, mayNotRead(room.topic))
  const lostBroadcast = access.rights.read.broadcast && !rights.read.broadcast
  const lostPresence = channel.seesPresence && !rights.read.presence
  if (lostBroadcast || lostPresence) {
    return expel(channel, `You no longer have permission to read from this Channel topic: ${room.topic}`)
  }
  channel.access = { token, expiresAt: claims.exp * 1000, sessionId: claims['sid'], rights }
  showPresence(channel)
}
