import type { Queryable } from './client.js'

/** As long as Supabase keeps broadcasts; who was away longer catches up by `POST /v1/sync` anyway. */
const KEPT_HOURS = 72
const BATCH = 5_000

/**
 * Removes old broadcasts, a batch at a time so that no lock lasts; only where `realtime` is ours, Supabase
 * prunes its own. Resolves with how many went; call it some times an hour.
 */
export async function pruneRealtimeMessages(db: Queryable): Promise<number> {
  for (let removed = 0; ;) {
    const [gone] = await db.query<{ rows: number }>(
      `with old as (
         select m.ctid from realtime.messages m
         where m.inserted_at < now() at time zone 'utc' - make_interval(hours => $1::int)
           and obj_description('realtime'::regnamespace, 'pg_namespace') like 'parley:%'
         limit $2::int
       ), gone as (
         delete from realtime.messages m using old where m.ctid = old.ctid returning 1
       )
       select count(*) as rows from gone`,
      [KEPT_HOURS, BATCH],
    )
    removed += gone?.rows ?? 0
    if ((gone?.rows ?? 0) < BATCH) return removed
  }
}
