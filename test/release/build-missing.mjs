// Builds when there is no build, or when a source is newer than it: `npm start` and `npm test` call this first.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const LAST_BUILT = join(root, 'dist/console/index.html')
const SOURCES = [
  'sdk',
  'widget',
  'backend',
  'migrations',
  'examples',
  'rollup.config.mjs',
  'package.json',
  'tsconfig.json',
]

const changedAt = (path) => {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))))
}

const builtAt = existsSync(LAST_BUILT) ? statSync(LAST_BUILT).mtimeMs : 0
if (SOURCES.some((source) => changedAt(join(root, source)) > builtAt)) {
  console.log('building Parley (some 20 seconds, only after a change) …')
  const rollup = join(root, 'node_modules/rollup/dist/bin/rollup')
  execFileSync(process.execPath, [rollup, '-c', '--silent'], { cwd: root, stdio: 'inherit' })
}
