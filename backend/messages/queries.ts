import type { MessagePage } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { Actor } from '../http/actor.js'

/** @throws {ChatError} `not_found` */
export async function messagePage(
  db: Queryable,
  actor: Actor,
  conversationId: string,
  page: { beforeSeq?: number; afterSeq?: number; limit: number },
): Promise<MessagePage> {
  const [row] = await db.query<{ page: MessagePage }>('select message_page($1, $2, $3, $4, $5, $6) as page', [
    actor.type,
    actor.id,
    conversationId,
    page.beforeSeq ?? null,
    page.afterSeq ?? null,
    page.limit,
  ])
  return row!.page
}
