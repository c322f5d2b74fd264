import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { AgentRole, InboxSettings } from '../../sdk/protocol/index.js'
import { byDatabase, bytea, createdAt, id, interval, time } from './columns.js'

export const workspaces = pgTable('workspaces', {
  id: id(),
  name: text('name').notNull(),
  listEpoch: uuid('list_epoch').notNull().default(byDatabase),
  createdAt: createdAt(),
})

const workspaceId = () =>
  uuid('workspace_id')
    .notNull()
    .references(() => workspaces.id)

export const inboxes = pgTable('inboxes', {
  id: id(),
  workspaceId: workspaceId(),
  name: text('name').notNull(),
  key: text('key').notNull(),
  secret: text('secret').notNull(),
  allowedOrigins: text('allowed_origins').array().notNull().default(byDatabase),
  settings: jsonb('settings').$type<Partial<InboxSettings>>().notNull().default(byDatabase),
  reopenWindow: interval('reopen_window').notNull().default(byDatabase),
  createdAt: createdAt(),
})

export const agents = pgTable('agents', {
  id: id(),
  workspaceId: workspaceId(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  role: text('role').$type<AgentRole>().notNull().default(byDatabase),
  chosenStatus: text('chosen_status').$type<'online' | 'away' | 'offline'>().notNull().default(byDatabase),
  capacity: integer('capacity').notNull().default(byDatabase),
  deactivatedAt: time('deactivated_at'),
  createdAt: createdAt(),
})

export const inboxAgents = pgTable(
  'inbox_agents',
  { workspaceId: workspaceId(), inboxId: uuid('inbox_id').notNull(), agentId: uuid('agent_id').notNull() },
  (table) => [primaryKey({ columns: [table.inboxId, table.agentId] })],
)

export const teams = pgTable('teams', {
  id: id(),
  workspaceId: workspaceId(),
  name: text('name').notNull(),
  createdAt: createdAt(),
})

export const teamAgents = pgTable(
  'team_agents',
  { workspaceId: workspaceId(), teamId: uuid('team_id').notNull(), agentId: uuid('agent_id').notNull() },
  (table) => [primaryKey({ columns: [table.teamId, table.agentId] })],
)

export const contacts = pgTable('contacts', {
  id: id(),
  workspaceId: workspaceId(),
  externalId: text('external_id'),
  name: text('name').notNull().default(byDatabase),
  email: text('email'),
  attributes: jsonb('attributes').$type<Record<string, unknown>>().notNull().default(byDatabase),
  verifiedAt: time('verified_at'),
  blockedAt: time('blocked_at'),
  mergedInto: uuid('merged_into'),
  consentedAt: time('consented_at'),
  consentText: text('consent_text'),
  proved: text('proved').array().notNull().default(byDatabase),
  erasedAt: time('erased_at'),
  createdAt: createdAt(),
})

export const contactSessions = pgTable('contact_sessions', {
  id: id(),
  workspaceId: workspaceId(),
  contactId: uuid('contact_id').notNull(),
  inboxId: uuid('inbox_id').notNull(),
  secretHash: bytea('secret_hash').notNull(),
  rotatedAt: time('rotated_at').notNull().default(byDatabase),
  revokedAt: time('revoked_at'),
  createdAt: createdAt(),
})

export const presences = pgTable('presences', {
  actorId: uuid('actor_id').primaryKey(),
  workspaceId: workspaceId(),
  actorType: text('actor_type').notNull(),
  seenAt: time('seen_at'),
  heardAt: time('heard_at').notNull(),
})

export const contactPages = pgTable('contact_pages', {
  id: id(),
  workspaceId: workspaceId(),
  contactId: uuid('contact_id').notNull(),
  url: text('url').notNull(),
  title: text('title').notNull(),
  seenAt: time('seen_at').notNull().default(byDatabase),
})
