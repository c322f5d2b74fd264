import type { Db } from '../../backend/db/client.js'
import { startPglite } from '../../backend/db/pglite.js'
import { connectPostgres } from '../../backend/db/postgres.js'

export interface CommittedMessage {
  conversation: number
  body: string
}

/**
 * The least that a durable chat can do: one counter update and one insert in one statement, one round trip and
 * one commit, by the driver and pool size of the real server. `close` leaves the tables, which go with the database.
 */
export async function openCommit(options: { databaseUrl?: string; dataDir?: string }) {
  const db: Db = options.databaseUrl
    ? connectPostgres({ url: options.databaseUrl })
    : await startPglite(options.dataDir ?? '')
  await db.query(`
    create table if not exists floor_counters (conversation int primary key, seq bigint not null default 0) with (fillfactor = 60);
    create table if not exists floor_messages (conversation int, seq bigint, body text not null, created_at timestamptz not null default now(), primary key (conversation, seq))`)
  return {
    prepare: (conversations: number) =>
      db.query(
        'insert into floor_counters (conversation) select generate_series(0, $1::int - 1) on conflict do nothing',
        [conversations],
      ),
    async commit({ conversation, body }: CommittedMessage): Promise<number> {
      const [row] = await db.query<{ seq: number }>(
        `with counter as (update floor_counters set seq = seq + 1 where conversation = $1 returning seq)
         insert into floor_messages (conversation, seq, body) select $1, seq, $2 from counter returning seq`,
        [conversation, body],
      )
      return row!.seq
    },
    close: () => db.close(),
  }
}
