import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { restoreFirstImage } from '../../../backend/db/first-image.js'
import { startPglite } from '../../../backend/db/pglite.js'
import { migrate } from '../../../migrations/migrate.js'

test('two that build the first image at once both get a whole one, and one is kept', { timeout: 90_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-image-'))
  const cache = join(folder, 'cache')
  const restored = ['one', 'two'].map((name) => join(folder, name))
  await Promise.all(restored.map((path) => restoreFirstImage(path, cache)))

  for (const path of restored) {
    const db = await startPglite(path)
    expect(await migrate(db)).toEqual([])
    await db.close()
  }
  expect((await readdir(cache)).sort()).toEqual([
    expect.stringMatching(/^cluster-/),
    expect.stringMatching(/^first-image-/),
  ])
  expect((await readdir(folder)).sort()).toEqual(['cache', 'one', 'two'])
  await rm(folder, { recursive: true })
})
