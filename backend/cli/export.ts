import { pendingMigrations } from '../../migrations/migrate.js'
import type { Db, Queryable } from '../db/client.js'
import { packageVersion } from '../package-root.js'
import { EXPORT_FORMAT, type ExportEnd, type ExportHeader, type TableStart } from './export-file.js'
import { columnsOf, createSum, exportSettings, linesOf, type TableSum } from './export-rows.js'
import { movedTables } from './moved-tables.js'

/** Hears what is going on, a line at a time, for people. */
export type Tell = (line: string) => void

const isNumbered = (file: string) => /^\d{4}_/.test(file)

/**
 * The lines of an export of one workspace, all from one snapshot. To be read to its end inside `work`, for the
 * transaction ends with it.
 * @throws {Error} when the database is not of this version, or the workspace is not there
 */
export async function exportWorkspace(
  db: Db,
  workspaceId: string | undefined,
  tell: Tell,
  work: (lines: AsyncIterable<string>) => Promise<void>,
): Promise<void> {
  const missing = (await pendingMigrations(db)).filter(isNumbered)
  if (missing.length > 0)
    throw new Error(
      `unable to export; the database lacks ${missing.join(', ')}: start this version on it once, ` +
        'or export with the version that made it',
    )
  await db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only')
    await tx.query(exportSettings)
    await work(exportLines(tx, await findWorkspace(tx, workspaceId), tell))
  })
}

async function* exportLines(tx: Queryable, workspace: ExportHeader['workspace'], tell: Tell): AsyncGenerator<string> {
  const header: ExportHeader = {
    parley: 'export',
    format: EXPORT_FORMAT,
    version: packageVersion,
    schema: await schemaOf(tx),
    workspace,
    startedAt: new Date().toISOString(),
  }
  yield JSON.stringify(header)
  const end: Record<string, TableSum> = {}
  for (const table of movedTables) {
    const columns = (await columnsOf(tx, table)).map((column) => column.name)
    yield JSON.stringify({ table: table.name, columns } satisfies TableStart)
    const counted = createSum()
    for await (const line of linesOf(tx, table, workspace.id)) {
      counted.add(line)
      yield line
    }
    end[table.name] = counted.sum()
    tell(`${table.name}: ${end[table.name]!.rows}`)
  }
  yield JSON.stringify({ end } satisfies ExportEnd)
}

/** The last numbered migration that ran. */
export async function schemaOf(db: Queryable): Promise<string> {
  const [row] = await db.query<{ name: string }>(
    `select max(name collate "C") as name from parley.migrations where name ~ '^\\d{4}_'`,
  )
  return row!.name
}

async function findWorkspace(db: Queryable, workspaceId: string | undefined): Promise<ExportHeader['workspace']> {
  const found = await db.query<{ id: string; name: string }>('select id, name from workspaces order by created_at, id')
  const chosen = workspaceId ? found.find(({ id }) => id === workspaceId) : found[0]
  if (workspaceId && !chosen) throw new Error(`unable to export; there is no workspace ${workspaceId}`)
  if (!chosen) throw new Error('unable to export; the database holds no workspace')
  if (!workspaceId && found.length > 1) {
    const choice = found.map(({ id, name }) => `${id} (${name})`).join(', ')
    throw new Error(`unable to export; there are several workspaces, choose one by --workspace ID: ${choice}`)
  }
  return chosen
}
