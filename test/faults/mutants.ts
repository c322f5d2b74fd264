import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Mutant, mutants } from './mutants-list.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Suites that have not ended by then go round in circles, which is a death as any: they take a minute or two. */
const TIME_LIMIT_MS = 600_000
const COPIED = ['sdk', 'backend', 'migrations', 'test', 'examples', 'package.json', 'tsconfig.json']

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, json: { type: 'string' } } })

/** Whether these suites are green in this copy. */
async function isGreen(folder: string, suites: readonly string[]): Promise<boolean> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { TEST_DATABASE_URL: _, ...env } = process.env
  const args = [vitest, 'run', '--bail', '1', '--config', 'test/release/vitest.config.ts', ...suites]
  // a group of its own, for the workers outlive what started them
  const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore', env, detached: true })
  const end = () => process.kill(-child.pid!, 'SIGKILL')
  const interrupt = () => (end(), process.exit(130))
  process.once('SIGINT', interrupt)
  const limit = setTimeout(end, TIME_LIMIT_MS)
  const [code] = (await once(child, 'exit')) as [number | null]
  clearTimeout(limit)
  process.off('SIGINT', interrupt)
  return code === 0
}

async function plant(folder: string, { name, file, find, replace }: Mutant): Promise<() => Promise<void>> {
  const path = join(folder, file)
  const text = await readFile(path, 'utf8')
  if (text.split(find).length !== 2) throw new Error(`unable to plant "${name}"; its place is not once in ${file}`)
  await writeFile(
    path,
    text.replace(find, () => replace),
  )
  return () => writeFile(path, text)
}

const folder = await mkdtemp(join(tmpdir(), 'parley-mutants-'))
try {
  for (const entry of COPIED) await cp(join(root, entry), join(folder, entry), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const asked = mutants.filter(({ name, file }) => `${name} ${file}`.includes(values.only))
  for (const suites of new Set(asked.map((mutant) => mutant.suites)))
    if (!(await isGreen(folder, suites)))
      throw new Error(`unable to judge mutants; ${suites.join()} are red without any`)

  const survivors: string[] = []
  for (const mutant of asked) {
    const undo = await plant(folder, mutant)
    const survived = await isGreen(folder, mutant.suites)
    await undo()
    if (survived) survivors.push(mutant.name)
    console.log(`${survived ? 'SURVIVED' : 'killed  '}  ${mutant.name}`)
  }
  console.log(`\n${asked.length - survivors.length} of ${asked.length} killed`)
  if (values.json) await writeFile(values.json, JSON.stringify({ mutants: asked.length, survivors }, null, 2) + '\n')
  process.exitCode = survivors.length ? 1 : 0
} finally {
  await rm(folder, { recursive: true, force: true })
}
