import type { Contact } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import { type EntryInbox, findEntry, insertIdentified } from './queries.js'
import { hashOf } from './refresh-secret.js'
import { verifyIdentity } from './verify-identity.js'

/** A session of whom a site proves. What a visitor whom nobody knew has done becomes theirs. @throws {ChatError} `token_invalid`; nothing is made then */
export async function identify(
  db: Queryable,
  { id, workspaceId }: Pick<EntryInbox, 'id' | 'workspaceId'>,
  visitorId: string | null,
  identityToken: string,
  refreshSecret: string,
): Promise<{ sessionId: string; contact: Contact; inbox: EntryInbox }> {
  const found = await findEntry(db, id, workspaceId)
  const { inbox, secret } = found!
  const claims = await verifyIdentity(identityToken, secret)
  return { ...(await insertIdentified(db, id, visitorId, claims, hashOf(refreshSecret))), inbox }
}
