import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { connectPostgres } from '../../backend/db/postgres.js'
import type { Db } from '../../backend/db/client.js'
import { testPostgres } from './database.js'

const layout = new URL('./supabase-layout.sql', import.meta.url)

export interface SupabaseDatabase {
  /** As a project's `postgres` role: owner of the database, no superuser. */
  url: string
  /** As the server's superuser, to look at what that role did. */
  admin: Db
  drop(): Promise<void>
}

/** A database laid out as a Supabase project's, in stead of one that tests cannot reach; with roles of its own. */
export async function supabaseDatabase(): Promise<SupabaseDatabase> {
  const { url, drop } = await testPostgres({ empty: true })
  const suffix = randomUUID().slice(0, 8)
  const database = new URL(url).pathname.slice(1)
  const roles = ['owner', 'admin', 'realtime_admin', 'auth_admin', 'storage_admin']
  const nameOf = (name: string) => (name === 'database' ? database : `supabase_${name}_${suffix}`)
  const text = (await readFile(layout, 'utf8')).replace(/(?<!:):([a-z_]+)/g, (_all, name: string) => nameOf(name))

  const admin = connectPostgres({ url, maxConnections: 1 })
  await admin.query(text)
  return {
    url: Object.assign(new URL(url), { username: nameOf('owner') }).href,
    admin,
    async drop() {
      const mine = roles.map(nameOf)
      await admin.query(`drop event trigger note_commands; drop event trigger note_drops`)
      await admin.query(`alter database ${database} owner to current_user; drop owned by ${mine.join(', ')} cascade`)
      await admin.query(`drop role ${mine.join(', ')}`)
      await admin.close()
      await drop()
    },
  }
}
