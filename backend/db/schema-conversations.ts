import { customType, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import type { Actor, ConversationStatus, Priority, Reaction } from '../../sdk/protocol/index.js'
import { byDatabase, bytea, count, createdAt, id, time, xid8 } from './columns.js'

type ActorType = Actor['type']
type Log = 'public' | 'internal'
const workspaceId = () => uuid('workspace_id').notNull()
const conversationId = () => uuid('conversation_id').notNull()
const word = <T extends string>(name: string) => customType<{ data: T }>({ dataType: () => 'text' })(name).notNull()

export const conversations = pgTable('conversations', {
  id: id(),
  workspaceId: workspaceId(),
  inboxId: uuid('inbox_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  subject: text('subject'),
  status: word<ConversationStatus>('status').default(byDatabase),
  priority: word<Priority>('priority').default(byDatabase),
  assigneeId: uuid('assignee_id'),
  teamId: uuid('team_id'),
  handler: word<'assistant' | 'queue' | 'agent'>('handler').default(byDatabase),
  followsId: uuid('follows_id'),
  startKey: uuid('start_key').notNull(),
  startHash: bytea('start_hash').notNull(),
  resolvedAt: time('resolved_at'),
  createdAt: createdAt(),
})

export const conversationHeads = pgTable('conversation_heads', {
  conversationId: uuid('conversation_id').primaryKey(),
  workspaceId: workspaceId(),
  lastSeq: count('last_seq').notNull().default(byDatabase),
  lastMessageNo: count('last_message_no').notNull().default(byDatabase),
  lastInternalSeq: count('last_internal_seq').notNull().default(byDatabase),
  lastMessageId: uuid('last_message_id'),
  lastXid: xid8('last_xid').notNull().default(byDatabase),
  epoch: uuid('epoch').notNull().default(byDatabase),
})

export const participants = pgTable(
  'participants',
  {
    conversationId: conversationId(),
    actorId: uuid('actor_id').notNull(),
    workspaceId: workspaceId(),
    actorType: word<'contact' | 'agent'>('actor_type'),
    deliveredSeq: count('delivered_seq').notNull().default(byDatabase),
    readSeq: count('read_seq').notNull().default(byDatabase),
    readMessageNo: count('read_message_no').notNull().default(byDatabase),
    lastXid: xid8('last_xid').notNull().default(byDatabase),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.actorId] })],
)

export const events = pgTable(
  'events',
  {
    conversationId: conversationId(),
    log: word<Log>('log'),
    seq: count('seq').notNull(),
    workspaceId: workspaceId(),
    type: text('type').notNull(),
    actorType: word<ActorType>('actor_type'),
    actorId: uuid('actor_id'),
    idempotencyKey: uuid('idempotency_key'),
    payloadHash: bytea('payload_hash'),
    messageId: uuid('message_id'),
    data: jsonb('data').$type<Record<string, unknown>>(),
    afterSeq: count('after_seq'),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.log, table.seq] })],
)

export const messages = pgTable('messages', {
  id: id(),
  workspaceId: workspaceId(),
  conversationId: conversationId(),
  log: word<Log>('log'),
  seq: count('seq').notNull(),
  messageNo: count('message_no').notNull(),
  revSeq: count('rev_seq').notNull(),
  kind: word<'text'>('kind').default(byDatabase),
  authorType: word<ActorType>('author_type'),
  authorId: uuid('author_id'),
  body: text('body').notNull(),
  idempotencyKey: uuid('idempotency_key').notNull(),
  replyToId: uuid('reply_to_id'),
  editedAt: time('edited_at'),
  deletedAt: time('deleted_at'),
  reactions: jsonb('reactions').$type<Reaction[]>().notNull().default(byDatabase),
  createdAt: createdAt(),
})

export const ratings = pgTable(
  'ratings',
  {
    conversationId: conversationId(),
    resolvedSeq: count('resolved_seq').notNull(),
    workspaceId: workspaceId(),
    contactId: uuid('contact_id').notNull(),
    agentId: uuid('agent_id'),
    score: smallint('score').notNull(),
    comment: text('comment').notNull(),
    createdAt: createdAt(),
    changedAt: time('changed_at').notNull().default(byDatabase),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.resolvedSeq] })],
)
