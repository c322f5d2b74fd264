import { ChatError } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import { findSession, type RefreshableSession, revokeSession, rotateSecret } from './queries.js'
import { generationsOf, hashOf, successorOf } from './refresh-secret.js'

/** A secret is never too old for this long after its session last rotated: tabs overtake one another. */
const GRACE_SECONDS = 60

const refused = (reason: string) => new ChatError('token_invalid', `unable to renew the session; ${reason}`)

/**
 * Gives the successor of a refresh secret. A secret that was rotated already gives the same successor until that
 * one is used, and in any case for 60 s. An older one is a copy in other hands or a tab that slept through
 * its own: it ends the session for everyone who holds it.
 * `accept` throws when this caller may not have the session; nothing is written then.
 * @throws {ChatError} `token_invalid`
 */
export async function rotateSession(
  db: Queryable,
  refreshSecret: string,
  key: string,
  accept: (session: RefreshableSession) => void = () => {},
): Promise<{ session: RefreshableSession; refreshSecret: string }> {
  let generations = [refreshSecret, successorOf(refreshSecret, key)]
  let session = await findSession(db, generations.map(hashOf))
  if (!session) {
    generations = generationsOf(refreshSecret, key)
    session = await findSession(db, generations.map(hashOf))
  }
  if (!session) throw refused('its secret is not known here')
  if (session.isRevoked) throw refused('it has ended')
  accept(session)

  const hashes = generations.map(hashOf)
  const distance = hashes.indexOf(session.secretHash)
  if (distance === 0) {
    await rotateSecret(db, session.sessionId, hashes[0]!, hashes[1]!)
    return { session, refreshSecret: generations[1]! }
  }
  if (distance === 1 || session.ageSeconds <= GRACE_SECONDS) return { session, refreshSecret: generations[distance]! }
  await revokeSession(db, session.sessionId)
  throw refused('its secret was used before, so it has ended for safety')
}
