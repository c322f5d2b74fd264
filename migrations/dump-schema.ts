// Writes schema.sql beside this file.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { restoreFirstImage } from '../backend/db/first-image.js'
import { startPglite } from '../backend/db/pglite.js'
import { describeSchema } from './describe-schema.js'

const folder = await mkdtemp(join(tmpdir(), 'parley-schema-'))
try {
  await restoreFirstImage(join(folder, 'database'))
  const db = await startPglite(join(folder, 'database'))
  const file = new URL('./schema.sql', import.meta.url)
  await writeFile(file, await describeSchema(db).finally(() => db.close()))
  console.log('wrote migrations/schema.sql')
} finally {
  await rm(folder, { recursive: true })
}
