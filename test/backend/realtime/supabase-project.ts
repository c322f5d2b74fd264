import { connectPostgres } from '../../../backend/db/postgres.js'
import type { Db } from '../../../backend/db/client.js'
import { publishableKey } from '../../../backend/sessions/keys.js'
import { makeWorld, SECRET } from '../../support/world.js'

const { TEST_SUPABASE_URL, TEST_SUPABASE_ANON_KEY, TEST_SUPABASE_DATABASE_URL } = process.env

/** Something that speaks Supabase Realtime. */
export interface Project {
  url: string
  /** Its publishable or anon key. */
  key: string
  /** `realtime.send` to a private topic. */
  publish(topic: string, event: string, payload: object): Promise<void>
  stop(): Promise<void>
}

/**
 * The project that TEST_SUPABASE_URL and TEST_SUPABASE_ANON_KEY name, with public channels allowed; without them an
 * embedded server. Private channels need TEST_SUPABASE_DATABASE_URL, too: two policies let whoever holds the key
 * read and write `parity:%` for as long as the test runs.
 */
export async function startProject(): Promise<Project> {
  if (!TEST_SUPABASE_URL) {
    const world = await makeWorld('pglite', { realtimeLimits: { publicChannels: true } })
    await allow(world.db)
    return { url: world.url, key: publishableKey(SECRET), publish: publisher(world.db), stop: () => world.close() }
  }
  const project = { url: TEST_SUPABASE_URL, key: TEST_SUPABASE_ANON_KEY ?? '' }
  if (!TEST_SUPABASE_DATABASE_URL) {
    const publish = () => Promise.reject(new Error('TEST_SUPABASE_DATABASE_URL is not set'))
    return { ...project, publish, stop: () => Promise.resolve() }
  }
  const db = connectPostgres({ url: TEST_SUPABASE_DATABASE_URL, maxConnections: 1 })
  await allow(db)
  return { ...project, publish: publisher(db), stop: () => forbid(db).finally(() => db.close()) }
}
startProject.hasDatabase = !TEST_SUPABASE_URL || Boolean(TEST_SUPABASE_DATABASE_URL)

const publisher =
  (db: Db): Project['publish'] =>
  async (topic, event, payload) => {
    await db.query('select realtime.send($1::text::jsonb, $2, $3, true)', [JSON.stringify(payload), event, topic])
  }

async function allow(db: Db): Promise<void> {
  await forbid(db)
  const isOurs = `realtime.topic() like 'parity:%'`
  await db.query(`create policy parity_reads on realtime.messages for select to anon using (${isOurs})`)
  await db.query(`create policy parity_writes on realtime.messages for insert to anon with check (${isOurs})`)
}

async function forbid(db: Db): Promise<void> {
  for (const name of ['parity_reads', 'parity_writes'])
    await db.query(`drop policy if exists ${name} on realtime.messages`)
}
