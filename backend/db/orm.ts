import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy'
import type { Queryable } from './client.js'
import * as schema from './schema.js'

export type Orm = PgRemoteDatabase<typeof schema>

/** Drizzle for reading lists, on either engine. What writes to a log goes through the functions in `migrations/`. */
export function orm(db: Queryable): Orm {
  return drizzle(
    async (text, params, method) => {
      if (method === 'execute') return { rows: await db.query(text, params) }
      return { rows: await db.tuples(text, params) }
    },
    { schema },
  )
}
