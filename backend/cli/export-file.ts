import { createReadStream, existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { createSum, type ExportRow, type TableSum } from './export-rows.js'

export const EXPORT_FORMAT = 1

/** The first line of a file. */
export interface ExportHeader {
  parley: 'export'
  format: number
  /** Of the package that wrote it. */
  version: string
  /** The last numbered migration of the database that was read. */
  schema: string
  workspace: { id: string; name: string }
  startedAt: string
}
/** Before the rows of a table. */
export interface TableStart {
  table: string
  columns: string[]
}
/** The last line: what was written of each table. */
export interface ExportEnd {
  end: Record<string, TableSum>
}
type ExportRecord = ExportHeader | TableStart | ExportRow | ExportEnd

/** A file that holds what it says of itself. */
export interface WholeExport {
  header: ExportHeader
  sums: Record<string, TableSum>
}

/**
 * Writes lines, gzipped, readable by their owner only. The file appears under its name when it is whole; `-` is
 * standard output.
 * @throws {Error} when the file exists already, unless `force`
 */
export async function writeExportFile(
  path: string,
  lines: AsyncIterable<string>,
  { force, signal }: { force: boolean; signal: AbortSignal },
): Promise<void> {
  const source = async function* () {
    for await (const line of lines) yield `${line}\n`
  }
  if (path === '-') return pipeline(source, createGzip(), process.stdout, { signal })
  if (existsSync(path) && !force)
    throw new Error(`unable to write ${path}; it exists already: choose another name, or replace it by --force`)
  const half = `${path}.half-${process.pid}`
  // opened before anything can fail, else it might appear after it was taken away
  const file = await open(half, 'wx', 0o600)
  try {
    await pipeline(source, createGzip(), file.createWriteStream({ flush: true }), { signal })
    await rename(half, path)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
}

/** Reads a whole file once, in constant memory. @throws {Error} when it is no export, is damaged, or ends too early */
export async function checkExportFile(path: string): Promise<WholeExport> {
  const records = linesIn(path)
  const first = await records.next()
  const header = first.done ? undefined : parsed(path, first.value)
  if (!header || !('parley' in header)) throw new Error(`unable to read ${path}; it is no export of parley-chat`)
  if (header.format !== EXPORT_FORMAT) throw new Error(`unable to read ${path}; ${otherVersion(header)}`)

  const sums: Record<string, TableSum> = {}
  let current: { table: string; counted: ReturnType<typeof createSum> } | undefined
  const close = () => {
    if (current) sums[current.table] = current.counted.sum()
  }
  for await (const line of records) {
    const record = parsed(path, line)
    if (Array.isArray(record)) {
      if (!current) throw damaged(path, 'a row belongs to no table')
      current.counted.add(line)
    } else if ('table' in record) {
      close()
      current = { table: record.table, counted: createSum() }
    } else if ('end' in record) {
      close()
      for (const table of new Set([...Object.keys(sums), ...Object.keys(record.end)]))
        if (!sameSum(sums[table], record.end[table])) throw damaged(path, `rows of ${table} are not those written`)
      return { header, sums }
    }
  }
  throw damaged(path, 'it ends too early')
}

/** The tables and rows of a file that was checked. */
export async function* recordsIn(path: string): AsyncGenerator<TableStart | ExportRow> {
  for await (const line of linesIn(path)) {
    const record = parsed(path, line)
    if (Array.isArray(record) || 'table' in record) yield record
  }
}

export const sameSum = (one?: TableSum, other?: TableSum) =>
  one !== undefined && one.rows === other?.rows && one.sha256 === other.sha256

export const otherVersion = ({ version, schema }: Pick<ExportHeader, 'version' | 'schema'>) =>
  `parley-chat ${version} wrote it for a database at ${schema}: import it with that version, then start this one on it`

const damaged = (path: string, how: string, cause?: unknown) =>
  new Error(`unable to read ${path}; it is damaged, ${how}: copy or export it again`, { cause })

function parsed(path: string, line: string): ExportRecord {
  try {
    return JSON.parse(line) as ExportRecord
  } catch (cause) {
    throw damaged(path, 'a line of it is no JSON', cause)
  }
}

async function* linesIn(path: string): AsyncGenerator<string> {
  const gunzip = createGunzip().setEncoding('utf8')
  const source = createReadStream(path).on('error', (error) => gunzip.destroy(error))
  let rest = ''
  try {
    for await (const chunk of source.pipe(gunzip) as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()!
      yield* lines
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_'))
      throw damaged(path, code === 'Z_BUF_ERROR' ? 'it ends too early' : 'it is no gzip', error)
    throw new Error(`unable to read ${path}; ${code === 'ENOENT' ? 'there is no such file' : String(code)}`, {
      cause: error,
    })
  } finally {
    source.destroy()
  }
}
