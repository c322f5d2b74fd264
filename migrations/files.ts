import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface MigrationFile {
  /** Path below this folder, with `/`. */
  name: string
  text: string
  hash: string
  /** `once`: a numbered change of tables. `always-current`: run again whenever its text changes. */
  runs: 'once' | 'always-current'
}

const PLAIN_POSTGRES = 'plain-postgres.sql'
const POLICIES = 'policies.sql'
/** Closes what the other files have opened, so it comes after any of them. */
export const CLOSING = 'close-functions.sql'

/** The folder of the SQL files: beside this file in the sources, above the build in the package. */
function sqlFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = [folder, join(folder, 'migrations')].find((candidate) => existsSync(join(candidate, POLICIES)))
    if (found) return found
    if (folder === dirname(folder)) throw new Error('the SQL files of this package are missing')
  }
}

/** Every file in the order in which an empty database gets them. */
export function migrationFiles(options: { onSupabase: boolean }): MigrationFile[] {
  const folder = sqlFolder()
  const read = (name: string): MigrationFile => {
    const text = readFileSync(join(folder, name), 'utf8')
    return {
      name,
      text,
      hash: createHash('sha256').update(text).digest('hex'),
      runs: /^\d{4}_/.test(name) ? 'once' : 'always-current',
    }
  }
  const sqlIn = (path: string) =>
    readdirSync(join(folder, path))
      .filter((name) => name.endsWith('.sql'))
      .sort()
  const tables = sqlIn('.').filter((name) => /^\d{4}_/.test(name))
  const functions = sqlIn('functions').map((name) => `functions/${name}`)
  const early = 'functions/uuid_v7.sql'

  return [
    early,
    ...tables,
    ...(options.onSupabase ? [] : [PLAIN_POSTGRES]),
    ...functions.filter((name) => name !== early),
    POLICIES,
    CLOSING,
  ].map(read)
}

/** Changes whenever any of the files does. */
export function migrationsHash(): string {
  const hash = createHash('sha256')
  for (const file of migrationFiles({ onSupabase: false })) hash.update(file.name + file.hash)
  return hash.digest('hex').slice(0, 16)
}
