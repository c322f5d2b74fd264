import type { Db, Queryable } from '../db/client.js'
import { violatedConstraint } from '../db/errors.js'
import { otherVersion, recordsIn, sameSum, type WholeExport } from './export-file.js'
import { schemaOf, type Tell } from './export.js'
import { type Column, columnsOf, createSum, exportSettings, type ExportRow, linesOf } from './export-rows.js'
import { type MovedTable, movedTables } from './moved-tables.js'

const BATCH_CHARS = 256 * 1024

/** What one database can hold only once, in the words of people. */
const onlyOnce: Record<string, string> = {
  inboxes_key_unique: 'an inbox of the same key',
  user_email_unique: 'an agent of the same e-mail address',
}

/**
 * Puts a checked file into a migrated database, in one transaction, and reads it back before that commits. List and
 * logs begin new epochs there, so that clients who know others ask again.
 * @throws {Error} when the file is of another version, the workspace is there already, or what arrived is not what was written
 */
export async function importWorkspace(
  db: Db,
  path: string,
  file: WholeExport,
  { tell, signal }: { tell: Tell; signal: AbortSignal },
): Promise<void> {
  const { header, sums } = file
  if (header.schema !== (await schemaOf(db))) throw new Error(`unable to import ${path}; ${otherVersion(header)}`)
  await db.transaction(async (tx) => {
    await tx.query(exportSettings)
    const [known] = await tx.query('select 1 from workspaces where id = $1', [header.workspace.id])
    if (known) throw new Error(`unable to import ${path}; its workspace is there already: import into a new database`)
    await loadTables(tx, path, signal)
    for (const table of movedTables) {
      const counted = createSum()
      for await (const line of linesOf(tx, table, header.workspace.id)) counted.add(line)
      const found = counted.sum()
      if (!sameSum(found, sums[table.name]))
        throw new Error(`unable to import ${path}; ${table.name} does not read back as it was written`)
      tell(`${table.name}: ${found.rows}`)
    }
  })
}

async function loadTables(tx: Queryable, path: string, signal: AbortSignal): Promise<void> {
  let current: { table: MovedTable; columns: Column[] } | undefined
  let batch: ExportRow[] = []
  let chars = 0
  const put = async () => {
    if (current && batch.length > 0) await stage(tx, current.columns, batch)
    batch = []
    chars = 0
  }
  const settle = async () => {
    await put()
    if (current) await moveStaged(tx, path, current.table, current.columns)
  }
  for await (const record of recordsIn(path)) {
    signal.throwIfAborted()
    if (Array.isArray(record)) {
      batch.push(record)
      chars += record.reduce((sum, value) => sum + (value?.length ?? 0), 0)
      if (chars > BATCH_CHARS) await put()
      continue
    }
    await settle()
    current = await begin(tx, path, record)
  }
  await settle()
}

/** Rows wait in a table without rules, for a row may refer to one that comes later. */
async function begin(tx: Queryable, path: string, start: { table: string; columns: string[] }) {
  const table = movedTables.find(({ name }) => name === start.table)
  const columns = table ? await columnsOf(tx, table) : []
  // names of a file never become SQL: these are the database's own, or the file is refused
  if (!table || columns.map(({ name }) => name).join() !== start.columns.join())
    throw new Error(`unable to import ${path}; ${start.table} has other columns here`)
  const names = columns.map(({ name }) => name).join(', ')
  await tx.query(`create temporary table staged on commit drop as select ${names} from ${table.name} with no data`)
  return { table, columns }
}

async function stage(tx: Queryable, columns: Column[], rows: ExportRow[]): Promise<void> {
  const values = columns.map(({ type }, place) => `(r ->> ${place})::${type}`)
  await tx.query(`insert into staged select ${values.join(', ')} from jsonb_array_elements($1::text::jsonb) r`, [
    JSON.stringify(rows),
  ])
}

async function moveStaged(tx: Queryable, path: string, table: MovedTable, columns: Column[]): Promise<void> {
  const names = columns.map(({ name }) => name).join(', ')
  try {
    await tx.query(`insert into ${table.name} (${names}) select ${names} from staged`)
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (!constraint) throw error
    const clash = onlyOnce[constraint] ?? `what contradicts it (${constraint})`
    throw new Error(`unable to import ${path}; the database already has ${clash}: import into a new one`, {
      cause: error,
    })
  }
  await tx.query('drop table staged')
}
