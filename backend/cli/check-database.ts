import { migrationFiles } from '../../migrations/files.js'
import { pendingMigrations } from '../../migrations/migrate.js'
import type { Db, Queryable } from '../db/client.js'
import { fail, type Finding, ok, warn } from '../health/finding.js'
import { leftTables, movedTables } from './moved-tables.js'

const OLDEST_POSTGRES = 150_000
const NOTIFY_PATIENCE_MS = 5_000
const START_ONCE = 'start this version of the server once, it brings the database up to date'

/** Everything that can be asked of a database that answers. Nothing of what is tried stays. */
export async function checkOpenDatabase(db: Db, options: { onSupabase: boolean }): Promise<Finding[]> {
  const findings = [await checkVersion(db)]
  const migrations = await checkMigrations(db)
  findings.push(migrations, await checkWriting(db, migrations.state === 'ok'))
  if (migrations.state === 'ok') findings.push(...(await checkGrants(db, options.onSupabase)))
  if (db.engine === 'postgres' && !options.onSupabase) findings.push(await checkNotifications(db))
  return findings
}

async function checkVersion(db: Queryable): Promise<Finding> {
  const [row] = await db.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  )
  if (row!.number >= OLDEST_POSTGRES) return ok('postgres', row!.name)
  return fail('postgres', `${row!.name} is too old`, 'move to PostgreSQL 15 or newer')
}

async function checkMigrations(db: Queryable): Promise<Finding> {
  try {
    const pending = await pendingMigrations(db)
    if (pending.length === 0) return ok('migrations', 'up to date')
    const [known] = await db.query<{ name: string | null }>(`select to_regclass('parley.migrations')::text as name`)
    const found = known!.name ? `${pending.length} files are to be run (${pending[0]} …)` : 'there are no tables yet'
    return warn('migrations', found, START_ONCE)
  } catch (error) {
    const cure = 'run the version of parley-chat that made it, or a newer one'
    return fail('migrations', (error as Error).message, cure)
  }
}

async function checkWriting(db: Db, isMigrated: boolean): Promise<Finding> {
  const undone = new Error('undone')
  try {
    await db.transaction(async (tx) => {
      await tx.query(
        isMigrated
          ? `insert into workspaces (name) values ('doctor')`
          : 'create schema parley_doctor; drop schema parley_doctor',
      )
      throw undone
    })
  } catch (error) {
    if (error !== undone)
      return fail('writing', (error as Error).message, 'give the role of DATABASE_URL the right, on the primary server')
  }
  return ok('writing', 'possible; what was tried is taken back')
}

async function checkGrants(db: Queryable, onSupabase: boolean): Promise<Finding[]> {
  // by name: a project's own functions are not ours to judge
  const functions = migrationFiles({ onSupabase }).flatMap(({ name }) => /^functions\/(.*)\.sql$/.exec(name)?.[1] ?? [])
  const tables = [...movedTables.map(({ name }) => name), ...Object.keys(leftTables)]
  const [row] = await db.query<Record<'roles' | 'strange' | 'bare' | 'open' | 'shut' | 'policies', string[]>>(
    `with role_names as (select unnest(array['anon', 'authenticated', 'service_role']) as name),
     ours as (
       select p.oid, p.proname from pg_proc p
       where p.pronamespace = 'public'::regnamespace
         and (p.proname = any ($2::text[]) or p.proname in ('i_may_read_topic', 'i_may_write_topic')))
     select
       array(select name from role_names where to_regrole(name) is null) as roles,
       array(select name from role_names where to_regrole(name) is not null and not pg_has_role(name, 'member')) as strange,
       array(select c.oid::regclass::text from unnest($1::text[]) t join pg_class c on c.oid = to_regclass(t)
         where not c.relrowsecurity) as bare,
       array(select oid::regprocedure::text from ours
         where to_regrole('anon') is not null and has_function_privilege('anon', oid, 'execute')) as open,
       array(select oid::regprocedure::text from ours
         where proname like 'i\\_may\\_%' and to_regrole('authenticated') is not null
           and not has_function_privilege('authenticated', oid, 'execute')) as shut,
       array(select wanted from unnest(array['parley_reads', 'parley_writes']) wanted
         where not exists (select 1 from pg_policy p
           where p.polname = wanted and p.polrelid = to_regclass('realtime.messages'))) as policies`,
    [tables, functions],
  )
  const { roles, strange, bare, open, shut, policies } = row!
  const again = `delete from parley.migrations where name = 'policies.sql' or name like 'functions/%', and start the server once`
  const listed = (names: string[]) => names.join(', ')
  const rights = [
    roles.length > 0 && fail('roles', `${listed(roles)} is missing`, `create role ${roles[0]} nologin noinherit`),
    // realtime of our own takes a role on to try a policy
    !onSupabase &&
      strange.length > 0 &&
      fail('roles', `may not act as ${listed(strange)}`, `grant ${listed(strange)} to the role of DATABASE_URL`),
    open.length > 0 && fail('grants', `strangers may call ${listed(open)}`, again),
    shut.length > 0 && fail('grants', `policies may not call ${listed(shut)}`, again),
    policies.length > 0 && fail('grants', `realtime.messages has no policy ${listed(policies)}`, again),
    bare.length > 0 && fail('row security', `is off on ${listed(bare)}`, again),
  ].filter((finding) => finding !== false)
  return rights.length > 0 ? rights : [ok('grants', 'roles, rights, policies and row security are as they should be')]
}

/** A notification of our own comes back to a session that listens. */
async function checkNotifications(db: Db): Promise<Finding> {
  let heard = () => {}
  const arrived = new Promise<boolean>((resolve) => (heard = () => resolve(true)))
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), NOTIFY_PATIENCE_MS)))
  const cure = 'set DATABASE_LISTEN_URL to a direct address of the same database'
  try {
    const stop = await db.listen('parley_doctor', heard)
    await db.query(`select pg_notify('parley_doctor', '')`)
    const isHeard = await Promise.race([arrived, late])
    await stop()
    if (isHeard) return ok('listening', 'a notification came back')
    return fail('listening', `no notification came back within ${NOTIFY_PATIENCE_MS} ms`, cure)
  } catch (error) {
    return fail('listening', (error as Error).message, cure)
  } finally {
    clearTimeout(timer)
  }
}

/** How many servers listen on this database now. */
export async function countServers(db: Queryable): Promise<number> {
  const [row] = await db.query<{ servers: number }>(
    `select count(*)::int as servers from pg_stat_activity
     where application_name = 'parley listening' and datname = current_database()`,
  )
  return row!.servers
}
