import type {
  ActAnswer,
  ConversationDetail,
  ConversationPage,
  ConversationView,
  EventPage,
  Receipt,
} from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { Actor } from '../http/actor.js'

/** The one row of `select function(…) as answer`. */
async function ask<T>(db: Queryable, call: string, params: readonly unknown[]): Promise<T> {
  const [row] = await db.query<{ answer: T }>(`select ${call} as answer`, params)
  return row!.answer
}

/** Where a page goes on: what its list is ordered by, and the id for ties. */
export interface ListPlace {
  place: string
  id: string
}

/** @throws {ChatError} `not_found` for an inbox the actor does not see */
export const conversationPage = (
  db: Queryable,
  actor: Actor,
  list: { view: ConversationView; inboxId?: string; before?: ListPlace; limit: number },
) =>
  ask<ConversationPage>(db, 'list_conversations($1, $2, $3, $4, $5, $6, $7, $8)', [
    actor.workspaceId,
    actor.type,
    actor.id,
    list.view,
    list.inboxId ?? null,
    list.before?.place ?? null,
    list.before?.id ?? null,
    list.limit,
  ])

/** @throws {ChatError} `not_found` */
export const conversationDetail = (db: Queryable, actor: Actor, conversationId: string) =>
  ask<ConversationDetail>(db, 'conversation_detail($1, $2, $3)', [actor.type, actor.id, conversationId])

/** @throws {ChatError} `not_found` */
export const eventPage = (db: Queryable, actor: Actor, conversationId: string, after: number, limit: number) =>
  ask<EventPage>(db, 'event_page($1, $2, $3, $4, $5)', [actor.type, actor.id, conversationId, after, limit])

/** Marks never go back. @throws {ChatError} `not_found` */
export const markReceipt = (
  db: Queryable,
  actor: Actor,
  conversationId: string,
  { deliveredSeq, readSeq }: { deliveredSeq: number; readSeq: number },
) => ask<Receipt>(db, 'mark_receipt($1, $2, $3, $4, $5)', [actor.type, actor.id, conversationId, deliveredSeq, readSeq])

/** @throws {ChatError} `not_found`, `forbidden`, `already_assigned` */
export const assignConversation = (db: Queryable, agentId: string, conversationId: string, assigneeId: string | null) =>
  ask<ActAnswer>(db, 'assign_conversation($1, $2, $3)', [agentId, conversationId, assigneeId])

/** @throws {ChatError} `not_found` */
export const setStatus = (db: Queryable, agentId: string, conversationId: string, status: 'open' | 'resolved') =>
  ask<ActAnswer>(db, 'set_status($1, $2, $3)', [agentId, conversationId, status])
