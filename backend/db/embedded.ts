import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Db } from './client.js'
import { lockDataDir } from './data-lock.js'
import { restoreFirstImage } from './first-image.js'
import { startPglite } from './pglite.js'

/** The embedded database of a data folder, which belongs to this process until `close()`. */
export async function openEmbedded(dataDir: string): Promise<Db> {
  // what visitors wrote is nobody else's on this machine
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const release = await lockDataDir(dataDir)
  try {
    const folder = join(dataDir, 'database')
    await removeHalves(dataDir)
    if (!existsSync(folder)) await restoreFirstImage(folder)
    const db = await startPglite(folder)
    return { ...db, close: () => db.close().finally(release) }
  } catch (error) {
    await release()
    throw error
  }
}

/** What a process left that ended while it copied the first image. */
async function removeHalves(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith('database.half-')) await rm(join(dataDir, name), { recursive: true })
  }
}
