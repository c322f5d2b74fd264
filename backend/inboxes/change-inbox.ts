import { ChatError, type Inbox, type InboxChanges } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { AgentActor } from '../http/actor.js'
import { newInboxKey, newInboxSecret } from './keys.js'
import { insertInbox, updateInbox } from './queries.js'

/** Makes an inbox with keys of its own; who makes it becomes a member. */
export function createInbox(
  db: Queryable,
  actor: AgentActor,
  changes: InboxChanges & { name: string },
): Promise<Inbox> {
  return insertInbox(db, actor, { ...changes, key: newInboxKey(), secret: newInboxSecret() })
}

/** Changes what is given; settings one by one. @throws {ChatError} `not_found` */
export async function changeInbox(
  db: Queryable,
  actor: AgentActor,
  inboxId: string,
  changes: InboxChanges,
): Promise<Inbox> {
  const inbox = await updateInbox(db, actor.workspaceId, inboxId, changes)
  if (!inbox) throw new ChatError('not_found', 'unable to change the inbox; there is no such inbox')
  return inbox
}
