import type {
  Availability,
  Contact,
  ContactChanges,
  ContactRecord,
  PageVisit,
  VisitorExport,
} from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'

/** The one row of `select function(…) as answer`. */
async function ask<T>(db: Queryable, call: string, params: readonly unknown[]): Promise<T> {
  const [row] = await db.query<{ answer: T }>(`select ${call} as answer`, params)
  return row!.answer
}

export async function readContact(db: Queryable, contactId: string): Promise<Contact> {
  const [row] = await db.query<{ contact: Contact }>(
    'select wire_contact(c) as contact from contacts c where id = $1',
    [contactId],
  )
  return row!.contact
}

/** @throws {ChatError} `forbidden` for what an identity token said, `invalid_request` for too many attributes */
export const updateContact = (db: Queryable, actor: { id: string; inboxId: string }, changes: ContactChanges) =>
  ask<Contact>(db, 'update_contact($1, $2, $3::text::jsonb)', [actor.id, actor.inboxId, JSON.stringify(changes)])

export const readAvailability = (db: Queryable, inboxId: string) => ask<Availability>(db, 'availability($1)', [inboxId])

export const exportContact = (db: Queryable, contactId: string) =>
  ask<VisitorExport>(db, 'export_contact($1)', [contactId])

export const eraseContact = (db: Queryable, contactId: string) => ask<null>(db, 'erase_contact($1)', [contactId])

/** @throws {ChatError} `not_found` */
export const conversationContact = (db: Queryable, agentId: string, conversationId: string) =>
  ask<ContactRecord>(db, 'conversation_contact($1, $2)', [agentId, conversationId])

/** @throws {ChatError} `not_found` */
export const conversationPages = (db: Queryable, agentId: string, conversationId: string) =>
  ask<PageVisit[]>(db, 'conversation_pages($1, $2)', [agentId, conversationId])
