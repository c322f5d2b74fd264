import type { ChatEvent, Routes } from '../../sdk/protocol/index.js'
import type { Queryable } from '../db/client.js'
import type { Actor } from '../http/actor.js'

/** `isReplay`: the key was known, and the event is what it wrote then, with the message as it stands now. */
interface Changed {
  event: ChatEvent
  isReplay: boolean
}
interface Place {
  conversationId: string
  messageId: string
}

async function change(
  db: Queryable,
  actor: Actor,
  name: 'edit_message' | 'delete_message' | 'react_to_message',
  { conversationId, messageId }: Place,
  rest: readonly unknown[],
): Promise<Changed> {
  const params = [actor.type, actor.id, conversationId, messageId, ...rest]
  const places = params.map((_, index) => `$${index + 1}`).join(', ')
  const [row] = await db.query<{ written: { event: ChatEvent; replayed: boolean } }>(
    `select ${name}(${places}) as written`,
    params,
  )
  return { event: row!.written.event, isReplay: row!.written.replayed }
}

/** @throws {ChatError} `not_found`, `gone`, `forbidden`, `stale_version`, `idempotency_mismatch` */
export const editMessage = (
  db: Queryable,
  actor: Actor,
  place: Place,
  { idempotencyKey, body, revSeq }: Routes['PATCH message']['body'],
) => change(db, actor, 'edit_message', place, [idempotencyKey, body, revSeq ?? null])

/** @throws {ChatError} `not_found`, `gone`, `forbidden`, `idempotency_mismatch` */
export const deleteMessage = (db: Queryable, actor: Actor, place: Place, idempotencyKey: string) =>
  change(db, actor, 'delete_message', place, [idempotencyKey])

/** @throws {ChatError} `not_found`, `gone`, `forbidden`, `invalid_request`, `idempotency_mismatch` */
export const reactToMessage = (
  db: Queryable,
  actor: Actor,
  place: Place,
  { idempotencyKey, emojis }: Routes['PUT reactions']['body'],
) => change(db, actor, 'react_to_message', place, [idempotencyKey, emojis])
