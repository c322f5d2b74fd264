import { createHash } from 'node:crypto'
import type { Queryable } from '../db/client.js'
import type { MovedTable } from './moved-tables.js'

/** One row as Postgres prints its columns; null is null. */
export type ExportRow = (string | null)[]

export interface Column {
  name: string
  type: string
}

const BATCH_ROWS = 500

/** How values are printed and how long a transaction may take, whatever the server is set to. */
export const exportSettings = `
  set local timezone = 'UTC';
  set local datestyle = 'ISO, MDY';
  set local intervalstyle = 'postgres';
  set local bytea_output = 'hex';
  set local lock_timeout = 0;
  set local statement_timeout = 0;
  set local idle_in_transaction_session_timeout = 0`

/** The columns of a table that an export takes, in their order. */
export async function columnsOf(db: Queryable, table: MovedTable): Promise<Column[]> {
  return db.query<Column>(
    `select quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_attribute a
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> all ($2::text[])
     order by a.attnum`,
    [table.name, [...(table.renewed ?? [])]],
  )
}

/** A workspace's rows of one table, each a line of JSON, by primary key, the same order on every engine; inside a transaction. */
export async function* linesOf(tx: Queryable, table: MovedTable, workspaceId: string): AsyncGenerator<string> {
  const columns = await columnsOf(tx, table)
  const key = await tx.query<{ term: string }>(
    `select quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end as term
     from pg_index i
     cross join unnest(i.indkey) with ordinality k (attnum, place)
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
     where i.indrelid = $1::regclass and i.indisprimary
     order by k.place`,
    [table.name],
  )
  await tx.query(
    `declare export_rows no scroll cursor for
     select ${columns.map(({ name }) => `${name}::text`).join(', ')}
     from ${table.name}
     where ${table.rows}
     order by ${key.map(({ term }) => term).join(', ')}`,
    [workspaceId],
  )
  for (;;) {
    const batch = (await tx.tuples(`fetch ${BATCH_ROWS} from export_rows`)) as ExportRow[]
    yield* batch.map((row) => JSON.stringify(row))
    if (batch.length < BATCH_ROWS) break
  }
  await tx.query('close export_rows')
}

/** What an export says of a table, to be found equal wherever its rows arrive. */
export interface TableSum {
  rows: number
  sha256: string
}

/** Counts and sums up lines, each a row as it stands in the file. */
export function createSum(): { add: (line: string) => void; sum: () => TableSum } {
  const hash = createHash('sha256')
  let rows = 0
  return {
    add(line) {
      rows++
      hash.update(line).update('\n')
    },
    sum: () => ({ rows, sha256: hash.digest('hex') }),
  }
}
