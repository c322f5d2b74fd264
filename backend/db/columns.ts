import { sql } from 'drizzle-orm'
import { bigint, customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** What to put when nothing is given is said in the migrations, once. */
export const byDatabase = sql`default`

export const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
export const interval = customType<{ data: string }>({ dataType: () => 'interval' })
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

/** Made by the database, version 7. */
export const id = () => uuid('id').primaryKey().default(byDatabase)
export const count = (name: string) => bigint(name, { mode: 'number' })

/** As Postgres prints it, with microseconds, so that it can stand in a keyset cursor. */
export const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })
export const createdAt = () => time('created_at').notNull().default(byDatabase)
/** For the sign-in library, which wants dates. */
export const date = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
