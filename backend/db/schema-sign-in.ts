import { boolean, pgSchema, text, uuid } from 'drizzle-orm/pg-core'
import { byDatabase, date, id } from './columns.js'

const signIn = pgSchema('sign_in')
const created = () => date('created_at').notNull().default(byDatabase)
const updated = () => date('updated_at').notNull().default(byDatabase)

// Tables and fields have the names by which better-auth asks its drizzle adapter for them.

export const user = signIn.table('user', {
  id: id(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  emailVerified: boolean('email_verified').notNull().default(byDatabase),
  image: text('image'),
  createdAt: created(),
  updatedAt: updated(),
})

const userId = () =>
  uuid('user_id')
    .notNull()
    .references(() => user.id)

export const session = signIn.table('session', {
  id: id(),
  userId: userId(),
  token: text('token').notNull(),
  expiresAt: date('expires_at').notNull(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  createdAt: created(),
  updatedAt: updated(),
})

export const account = signIn.table('account', {
  id: id(),
  userId: userId(),
  accountId: text('account_id').notNull(),
  providerId: text('provider_id').notNull(),
  accessToken: text('access_token'),
  refreshToken: text('refresh_token'),
  idToken: text('id_token'),
  accessTokenExpiresAt: date('access_token_expires_at'),
  refreshTokenExpiresAt: date('refresh_token_expires_at'),
  scope: text('scope'),
  password: text('password'),
  createdAt: created(),
  updatedAt: updated(),
})

export const verification = signIn.table('verification', {
  id: id(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: date('expires_at').notNull(),
  createdAt: created(),
  updatedAt: updated(),
})
