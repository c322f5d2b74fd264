import type { Queryable } from '../db/client.js'
import type { Claims } from './verify-token.js'

/** What someone may do on one topic. */
export interface Rights {
  read: { broadcast: boolean; presence: boolean }
  write: { broadcast: boolean; presence: boolean }
}

const everything: Rights = { read: { broadcast: true, presence: true }, write: { broadcast: true, presence: true } }

export const publicRights = everything

/** Asks the policies on `realtime.messages`. Throws only when the database cannot be asked; whatever else goes wrong there means no. */
export async function authorize(db: Queryable, claims: Claims, topic: string): Promise<Rights> {
  // this role passes every policy on Supabase; on plain Postgres it may lack the right to
  if (claims.role === 'service_role') return everything
  const [row] = await db.query<{ rights: Rights }>('select realtime.authorize($1::text::jsonb, $2) as rights', [
    JSON.stringify(claims),
    topic,
  ])
  return row!.rights
}
