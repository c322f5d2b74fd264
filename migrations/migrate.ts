import type { Db, Queryable } from '../backend/db/client.js'
import { CLOSING, type MigrationFile, migrationFiles } from './files.js'

/** Any number that nobody else locks; "parley" in base 36. */
const LOCK = 1_540_376_242
const STAND_IN = 'parley: stands in for Supabase Realtime'

/**
 * Brings a database to the state of these files, in one transaction: all of it or nothing. Those who start at
 * the same time wait for the first and find nothing left to do. Resolves with the names of the files that ran.
 * @throws {Error} when a numbered file was changed after it ran, or the database was made by a newer version
 */
export async function migrate(db: Db): Promise<string[]> {
  const seen = await pending(db)
  if (seen.length === 0) return []
  return db.transaction(async (tx) => {
    await tx.query(`
      set local lock_timeout = 0;
      set local statement_timeout = 0;
      set local idle_in_transaction_session_timeout = 0;
      set local client_min_messages = warning;
      select pg_advisory_xact_lock(${LOCK})`)
    await tx.query(`
      create schema if not exists parley;
      create table if not exists parley.migrations (
        name text primary key,
        hash text not null,
        applied_at timestamptz not null default now()
      );
      alter table parley.migrations enable row level security;
      -- functions mention each other, in whatever order they come
      set local check_function_bodies = off`)
    const files = await pending(tx)
    for (const file of files) await apply(tx, file)
    return files.map((file) => file.name)
  })
}

/**
 * The names of the files that `migrate` would run; it changes nothing.
 * @throws {Error} where `migrate` would refuse
 */
export async function pendingMigrations(db: Queryable): Promise<string[]> {
  return (await pending(db)).map((file) => file.name)
}

/** What has to run, in order. */
async function pending(db: Queryable): Promise<MigrationFile[]> {
  const files = migrationFiles({ onSupabase: await isSupabase(db) })
  const applied = await appliedHashes(db)
  refuseNewer(files, applied)
  const changed = files.filter((file) => {
    const known = applied.get(file.name)
    if (known !== undefined && known !== file.hash && file.runs === 'once') {
      throw new Error(`unable to migrate database; ${file.name} was changed after it ran, a change needs a new file`)
    }
    return known !== file.hash
  })
  return changed.length === 0 ? [] : files.filter((file) => changed.includes(file) || file.name === CLOSING)
}

function refuseNewer(files: MigrationFile[], applied: Map<string, string>): void {
  const unknown = [...applied.keys()].find((name) => /^\d{4}_/.test(name) && !files.some((file) => file.name === name))
  if (unknown) {
    throw new Error(`unable to migrate database; it was made by a newer version (${unknown}), start that version`)
  }
}

async function appliedHashes(db: Queryable): Promise<Map<string, string>> {
  const [table] = await db.query<{ name: string | null }>(`select to_regclass('parley.migrations')::text as name`)
  if (!table?.name) return new Map()
  const rows = await db.query<{ name: string; hash: string }>('select name, hash from parley.migrations')
  return new Map(rows.map((row) => [row.name, row.hash]))
}

/** What we ask of a Supabase database, and stand in for on any other. */
const ASKED = ['auth.jwt()', 'auth.uid()', 'realtime.topic()', 'realtime.send(jsonb,text,text,boolean)']

/**
 * Supabase brings `realtime` along; on any other Postgres the schema is ours and says so.
 * @throws {Error} when the schema is not ours and lacks something, as before Realtime's first start
 */
async function isSupabase(db: Queryable): Promise<boolean> {
  const [realtime] = await db.query<{ comment: string | null; missing: string[] }>(
    `select obj_description(n.oid, 'pg_namespace') as comment,
       array(select asked from unnest($1::text[]) asked where to_regprocedure(asked) is null)
         || array(select 'realtime.messages' where to_regclass('realtime.messages') is null) as missing
     from pg_namespace n where n.nspname = 'realtime'`,
    [ASKED],
  )
  if (!realtime || realtime.comment === STAND_IN) return false
  if (realtime.missing.length === 0) return true
  throw new Error(
    `unable to migrate database; it has a schema realtime without ${realtime.missing.join(', ')}: ` +
      'let Supabase Realtime start once, or use a database without that schema',
  )
}

async function apply(tx: Queryable, file: MigrationFile): Promise<void> {
  try {
    await tx.query(file.text)
  } catch (cause) {
    throw new Error(`unable to migrate database; ${file.name} failed: ${cause instanceof Error ? cause.message : ''}`, {
      cause,
    })
  }
  await tx.query(
    `insert into parley.migrations (name, hash) values ($1, $2)
     on conflict (name) do update set hash = excluded.hash, applied_at = now()`,
    [file.name, file.hash],
  )
}
