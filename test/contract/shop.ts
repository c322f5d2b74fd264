import { randomUUID } from 'node:crypto'
import type { Stored } from '../../backend/messages/send-together.js'
import type { Db } from '../../backend/db/client.js'
import type { ChatEvent } from '../../sdk/protocol/index.js'

/** One workspace with an inbox, an agent of it, an owner, and a contact. */
export interface Shop {
  workspaceId: string
  inboxId: string
  agentId: string
  ownerId: string
  contactId: string
}

export async function aShop(db: Db): Promise<Shop> {
  const one = async (text: string, ...params: string[]) =>
    (await db.query<{ id: string }>(`${text} returning id`, params))[0]!.id
  const email = () => `${randomUUID()}@shop.example`
  const workspaceId = await one(`insert into workspaces (name) values ('Shop')`)
  const inboxId = await one(
    `insert into inboxes (workspace_id, name, key, secret) values ($1, 'Site', $2, 'secret')`,
    workspaceId,
    randomUUID(),
  )
  const agentId = await one(
    `insert into agents (workspace_id, name, email) values ($1, 'Ada', $2)`,
    workspaceId,
    email(),
  )
  const ownerId = await one(
    `insert into agents (workspace_id, name, email, role) values ($1, 'Olga', $2, 'owner')`,
    workspaceId,
    email(),
  )
  await db.query('insert into inbox_agents (workspace_id, inbox_id, agent_id) values ($1, $2, $3)', [
    workspaceId,
    inboxId,
    agentId,
  ])
  return { workspaceId, inboxId, agentId, ownerId, contactId: await aContact(db, workspaceId) }
}

export async function aContact(db: Db, workspaceId: string): Promise<string> {
  const [contact] = await db.query<{ id: string }>('insert into contacts (workspace_id) values ($1) returning id', [
    workspaceId,
  ])
  return contact!.id
}

/** A standing session of that contact, or of the shop's own; resolves with its id. */
export async function aSession(db: Db, shop: Shop, contactId = shop.contactId): Promise<string> {
  const [session] = await db.query<{ id: string }>(
    `insert into contact_sessions (workspace_id, contact_id, inbox_id, secret_hash)
     values ($1, $2, $3, sha256($4::text::bytea)) returning id`,
    [shop.workspaceId, contactId, shop.inboxId, randomUUID()],
  )
  return session!.id
}

/** The shop's agent, signed in; resolves with the session's id. */
export async function anAgentSession(db: Db, shop: Shop): Promise<string> {
  await db.query(
    `insert into sign_in."user" (id, name, email) select id, name, email from agents where id = $1 on conflict do nothing`,
    [shop.agentId],
  )
  const [session] = await db.query<{ id: string }>(
    `insert into sign_in.session (user_id, token, expires_at) values ($1, $2, now() + interval '1 hour') returning id`,
    [shop.agentId, randomUUID()],
  )
  return session!.id
}

/** Opens a conversation of that contact, or of the shop's own; resolves with its id. */
export async function aConversation(db: Db, shop: Shop, contactId = shop.contactId): Promise<string> {
  const [row] = await db.query<{ answer: { head: { conversationId: string } } }>(
    `select start_conversation($1, $2, $3, null, $4, 'Where is my order?') as answer`,
    [contactId, shop.inboxId, randomUUID(), randomUUID()],
  )
  return row!.answer.head.conversationId
}

export interface Sent {
  event: ChatEvent
  replayed: boolean
}

export async function send(
  db: Db,
  author: ['contact' | 'agent', string],
  conversationId: string,
  body: string,
  key: string = randomUUID(),
): Promise<Sent> {
  const [row] = await db.query<{ sent: Sent }>('select send_message($1, $2, $3, $4, $5) as sent', [
    ...author,
    conversationId,
    key,
    body,
  ])
  return row!.sent
}

/** One message of the shop's contact to each conversation, in one transaction; told by `teller`, or by the database. */
export async function sendAtOnce(
  db: Db,
  shop: Shop,
  conversationIds: string[],
  teller: string | null = null,
  body = 'Hello?',
): Promise<Stored[]> {
  const session = await aSession(db, shop)
  const drafts = conversationIds.map((id) => ({
    author_type: 'contact',
    author_id: shop.contactId,
    session_id: session,
    conversation_id: id,
    idempotency_key: randomUUID(),
    body,
  }))
  return db.query<Stored>('select * from store_messages($1::text::jsonb, $2)', [JSON.stringify(drafts), teller])
}

/** Every broadcast of one topic, by seq. */
export async function broadcasts(db: Db, topic: string): Promise<{ event: string; seq: number }[]> {
  return db.query(
    `select event, (payload ->> 'seq')::int as seq from realtime.messages where topic = $1 order by seq, event`,
    [topic],
  )
}
