import { ChatError, type ConversationPage } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { Actor } from '../http/actor.js'
import { conversationPage, type ListPlace } from './queries.js'
import type { ListQuery } from './shapes.js'

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const AFTER_MESSAGE = new RegExp(`^(${UUID})~(${UUID})$`)
/** Microseconds; 16 digits last until 2286. */
const AFTER_RESOLUTION = new RegExp(`^(\\d{1,16})~(${UUID})$`)

/**
 * A page of a list, newest activity first. Without a view a contact gets all of their own, an agent what is open.
 * @throws {ChatError} `forbidden`, `not_found`, `invalid_request` for a cursor of another list
 */
export async function listConversations(db: Queryable, actor: Actor, asked: ListQuery): Promise<ConversationPage> {
  const { inboxId, cursor, limit } = asked
  const view = asked.view ?? (actor.type === 'contact' ? 'all' : 'open')
  if (actor.type === 'contact' && (view === 'mine' || view === 'unassigned'))
    throw new ChatError('forbidden', 'unable to list conversations; only agents have this view')
  const isByResolution = actor.type === 'agent' && view === 'resolved'
  const before = cursor === undefined ? undefined : placeOf(cursor, isByResolution ? AFTER_RESOLUTION : AFTER_MESSAGE)
  return conversationPage(db, actor, { view, inboxId, before, limit })
}

function placeOf(cursor: string, shape: RegExp): ListPlace {
  const [, place, id] = shape.exec(cursor) ?? []
  if (place !== undefined && id !== undefined) return { place, id }
  const message = 'is not the nextCursor of a page of this view'
  throw new ChatError('invalid_request', `unable to list conversations; the cursor ${message}`, {
    fields: [{ path: 'cursor', message }],
  })
}
