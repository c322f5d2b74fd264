import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const isOurs = (folder: string) => {
  const manifest = join(folder, 'package.json')
  return (
    existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'parley-chat'
  )
}

function walkUp(folder: string): string {
  if (isOurs(folder)) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('unable to find the parley-chat package around its own files')
  return walkUp(parent)
}

/** The folder of this package, whether its files run from source or as built. */
export const packageRoot = walkUp(dirname(fileURLToPath(import.meta.url)))

export const packageVersion = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version
