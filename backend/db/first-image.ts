import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, existsSync } from 'node:fs'
import { access, constants, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { migrationsHash } from '../../migrations/files.js'
import { migrate } from '../../migrations/migrate.js'
import { startPglite } from './pglite.js'
import { WORKER_URL } from './pglite-thread.js'

const UNUSED_MS = 24 * 60 * 60 * 1_000

/**
 * Puts an empty, migrated cluster into `folder`, which must not exist. Making one takes seconds, so it is kept
 * beside the packages, as the engine makes it and with these migrations, and copied from then on.
 */
export async function restoreFirstImage(folder: string, cacheFolder?: string): Promise<void> {
  const cache = cacheFolder ?? (await cacheFor(folder))
  const version = await engineVersion()
  const migrated = () =>
    kept(cache, `first-image-${version}-${migrationsHash()}`, async (half) => {
      cpSync(await kept(cache, `cluster-${version}`, makeCluster), half, { recursive: true })
      const db = await startPglite(half)
      await migrate(db).finally(() => db.close())
    })
  const half = `${folder}.half-${randomUUID()}`
  // a thousand small files: with a promise for each it takes three times the processor
  cpSync(await migrated(), half, { recursive: true })
  await rename(half, folder)
}

async function makeCluster(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, [fileURLToPath(WORKER_URL), folder])
}

/** The folder of that name in the cache; when it is missing, `make` fills another one, which then takes the name. */
async function kept(cache: string, name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cache, name)
  if (existsSync(folder)) {
    await utimes(folder, new Date(), new Date())
    return folder
  }
  await mkdir(cache, { recursive: true })
  const half = join(cache, `half-${randomUUID()}`)
  try {
    await make(half)
    await rename(half, folder)
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    // who was quicker made the same
    if (!existsSync(folder)) throw error
  }
  await removeUnused(cache, folder)
  return folder
}

async function removeUnused(cache: string, current: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name)
    const found = path === current ? undefined : await stat(path).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > UNUSED_MS) await rm(path, { recursive: true, force: true })
  }
}

/** Beside the packages, or beside `folder` where this process may not write there. */
async function cacheFor(folder: string): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const packages = entry.slice(0, entry.lastIndexOf('node_modules') + 'node_modules'.length)
  const shared = join(packages, '.cache', 'parley')
  try {
    await mkdir(shared, { recursive: true })
    await access(shared, constants.W_OK)
    return shared
  } catch {
    return join(dirname(folder), 'cache')
  }
}

async function engineVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const { version } = JSON.parse(await readFile(join(dirname(entry), '../package.json'), 'utf8')) as { version: string }
  return version
}
