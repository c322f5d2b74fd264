import { readFileSync } from 'node:fs'
import postgres from 'postgres'

const CLOCK_TICKS_PER_SECOND = 100

export interface DatabaseUsage {
  walBytes: number
  diskBytes: number
  /** Rows written, by table. */
  rows: Record<string, number>
  /** Processor time of the sessions on this database; null where its processes are not on this machine. */
  cpuMs: number | null
}

/** Looks at what a database did so far. One session of its own, which is not counted. */
export function watchDatabase(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  /** Processor time so far of the sessions that there are now; null where its processes are not on this machine. */
  async function cpuMs(): Promise<number | null> {
    const sessions = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
    return cpuMsOf(sessions.map(({ pid }) => pid))
  }
  return {
    /** As on Supabase, where all broadcasts are stored, and durably: as if another process listened, too. */
    logBroadcasts: () =>
      sql`
        with other as (insert into realtime.listeners select gen_random_uuid(), now() + interval '1 day')
        select 1`.then(() => sql`alter table realtime.messages set logged`),
    async usage(): Promise<DatabaseUsage> {
      // an idle session gives its statistics within ten seconds
      await sql`select pg_sleep(11)`
      await sql`select pg_stat_clear_snapshot()`
      const [size] = await sql<{ wal: string; disk: string }[]>`
        select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as wal, pg_database_size(current_database()) as disk`
      const tables = await sql<{ name: string; rows: string }[]>`
        select case schemaname when 'realtime' then 'realtime.' || relname else relname end as name, n_tup_ins + n_tup_upd as rows from pg_stat_all_tables
        where schemaname in ('public', 'parley', 'realtime')`
      return {
        walBytes: Number(size!.wal),
        diskBytes: Number(size!.disk),
        rows: Object.fromEntries(tables.map(({ name, rows }) => [name, Number(rows)])),
        cpuMs: await cpuMs(),
      }
    },
    /** What Postgres does by itself within a minute: it plans by what it knows of the tables, and of empty ones nothing. */
    analyze: () => sql`analyze`.then(() => {}),
    cpuMs,
    close: () => sql.end(),
  }
}

function cpuMsOf(pids: number[]): number | null {
  try {
    const ticks = pids.map((pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
      return Number(fields[11]) + Number(fields[12])
    })
    return (ticks.reduce((sum, each) => sum + each, 0) * 1_000) / CLOCK_TICKS_PER_SECOND
  } catch {
    return null
  }
}
