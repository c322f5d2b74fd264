import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDataDir } from '../../../backend/db/data-lock.js'

const program = fileURLToPath(new URL('./hold-data-dir.ts', import.meta.url))
const children: ChildProcess[] = []
let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-lock-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(dataDir, { recursive: true })
})

async function otherProcess(): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: said.toString().trim() }
}

/** What a process of another host left in the folder. */
async function foreignClaim(ageMs: number): Promise<void> {
  const file = join(dataDir, 'lock', '1-elsewhere.json')
  await mkdir(join(dataDir, 'lock'))
  const since = new Date(Date.now() - ageMs)
  await writeFile(
    file,
    JSON.stringify({ pid: 1, host: 'elsewhere', started: '', since: since.toISOString(), state: 'holding' }),
  )
  await utimes(file, since, since)
}

test('a second process is refused and told who holds the folder', async () => {
  const { child, said } = await otherProcess()
  expect(said).toBe('holding')
  const refused = lockDataDir(dataDir)
  await expect(refused).rejects.toMatchObject({ code: 'unavailable' })
  await expect(refused).rejects.toThrow(`process ${child.pid} on `)
  await expect(refused).rejects.toThrow('DATA_DIR')
})

test('the same process is refused a second time as well', async () => {
  const release = await lockDataDir(dataDir)
  await expect(lockDataDir(dataDir)).rejects.toThrow(`process ${process.pid} on `)
  await release()
})

test('a released folder is free and nothing is left in it', async () => {
  const release = await lockDataDir(dataDir)
  await release()
  expect(await readdir(join(dataDir, 'lock'))).toEqual([])
  await (
    await lockDataDir(dataDir)
  )()
})

test('the folder of a process that was killed is taken over', async () => {
  const { child } = await otherProcess()
  child.kill('SIGKILL')
  await once(child, 'exit')
  const release = await lockDataDir(dataDir)
  expect(await readdir(join(dataDir, 'lock'))).toHaveLength(1)
  await release()
})

test('of many that take over at once exactly one gets it', async () => {
  const { child } = await otherProcess()
  child.kill('SIGKILL')
  await once(child, 'exit')
  const tries = await Promise.allSettled(Array.from({ length: 12 }, () => lockDataDir(dataDir)))
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
})

test('a process with the pid of a dead one is not taken for it', async () => {
  await mkdir(join(dataDir, 'lock'))
  const dead = {
    pid: process.pid,
    host: (await import('node:os')).hostname(),
    started: 'another boot',
    since: '',
    state: 'holding',
  }
  await writeFile(join(dataDir, 'lock', `${process.pid}-dead.json`), JSON.stringify(dead))
  await (
    await lockDataDir(dataDir)
  )()
})

test('a holder on another host counts while its file is fresh', async () => {
  await foreignClaim(1_000)
  await expect(lockDataDir(dataDir)).rejects.toThrow('process 1 on elsewhere')
})

test('a holder on another host does not count once it has fallen silent', async () => {
  await foreignClaim(60_000)
  await (
    await lockDataDir(dataDir)
  )()
})
