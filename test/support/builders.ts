import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type {
  ActAnswer,
  ChatEvent,
  ConversationStart,
  Draft,
  SyncAnswer,
  SyncRequest,
} from '../../sdk/protocol/index.js'
import type { Answer, Caller, World, WorldAgent, WorldInbox, WorldVisitor } from './world.js'

export const aDraft = (draft: Partial<Draft> = {}): Draft => ({
  idempotencyKey: randomUUID(),
  body: 'Where is my order?',
  ...draft,
})

export const aStart = (start: Partial<ConversationStart> = {}): ConversationStart => ({
  idempotencyKey: randomUUID(),
  message: aDraft(),
  ...start,
})

export const conversationPath = (conversationId: string, rest = '') => `/v1/conversations/${conversationId}${rest}`

/** An inbox in a workspace of its own, an agent who sees it, and a visitor who came by it. */
export interface Desk {
  inbox: WorldInbox
  agent: WorldAgent
  visitor: WorldVisitor
}

export async function aDesk(world: World): Promise<Desk> {
  const inbox = await world.inbox()
  const agent = await world.agent(inbox.workspaceId, { inboxIds: [inbox.id] })
  return { inbox, agent, visitor: await world.visitor(inbox.key) }
}

/** Resolves with the id of a new conversation of that visitor, whose log is at seq 2. */
export async function aConversation(visitor: Caller, start = aStart()): Promise<string> {
  const { body } = await visitor.post<ActAnswer>('/v1/conversations', start)
  return body.head.conversationId
}

export const send = (author: Caller, conversationId: string, draft = aDraft()): Promise<Answer<ChatEvent>> =>
  author.post(conversationPath(conversationId, '/messages'), draft)

export async function sync(asker: Caller, request: Partial<SyncRequest> = {}): Promise<SyncAnswer> {
  return (await asker.post<SyncAnswer>('/v1/sync', { cursor: null, open: [], ...request })).body
}

/** A cursor past everything there is: on a shared server somebody's older transaction may hold it back for a while. */
export async function settledCursor(asker: Caller): Promise<string> {
  let { cursor } = await sync(asker)
  const repeated = async () => {
    const answer = await sync(asker, { cursor })
    cursor = answer.cursor
    return [...answer.heads, ...answer.receipts]
  }
  await expect.poll(repeated, { timeout: 10_000 }).toEqual([])
  return cursor
}

/** Every broadcast of one topic as "event seq" (of a receipt the seq that is read), by seq. */
export async function broadcastsOn(world: World, topic: string): Promise<string[]> {
  const rows = await world.db.query<{ sent: string }>(
    `select event || ' ' || seq as sent
     from realtime.messages, coalesce(payload ->> 'seq', payload ->> 'readSeq') seq
     where topic = $1
     order by seq::int, event`,
    [topic],
  )
  return rows.map((row) => row.sent)
}
