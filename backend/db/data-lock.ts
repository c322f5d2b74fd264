import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChatError } from '../../sdk/protocol/errors.js'
import { isRunning, type ProcessIdentity, thisProcess } from './process-identity.js'

interface Claim extends ProcessIdentity {
  since: string
  state: 'asking' | 'holding'
}

/** A holder on another host (a shared volume) cannot be asked whether it runs; it is gone when its file is this old. */
const FOREIGN_STALE_MS = 30_000
const HEARTBEAT_MS = 5_000
const LONGEST_PAUSE_MS = 100
const MAX_TRIES = 40
const SUFFIX = '.json'

/**
 * Makes this process the only one that uses `dataDir`: the embedded engine has no lock of its own, and a second
 * process loses rows without a word. Each process lays down a file of its own name and then looks for those of
 * others. Names are never used twice, so removing a dead process's file can never remove a living one's.
 * @returns its release
 * @throws {ChatError} `unavailable`, naming the process that holds it
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const folder = join(dataDir, 'lock')
  await mkdir(folder, { recursive: true })
  const claim: Claim = { ...thisProcess(), since: new Date().toISOString(), state: 'asking' }

  for (let tries = 1; ; tries++) {
    const name = `${claim.pid}-${randomUUID()}${SUFFIX}`
    await lay(folder, name, claim)
    const other = await livingClaim(folder, name)
    if (!other) return hold(folder, name, claim)
    await rm(join(folder, name), { force: true })
    // two that ask at once both step back, and one of them returns first
    if (other.state === 'holding' || tries === MAX_TRIES) throw refusal(dataDir, other)
    await sleep(Math.random() * LONGEST_PAUSE_MS)
  }
}

async function hold(folder: string, name: string, claim: Claim): Promise<() => Promise<void>> {
  const file = join(folder, name)
  await lay(folder, name, { ...claim, state: 'holding' })
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), HEARTBEAT_MS)
  beat.unref()
  return async () => {
    clearInterval(beat)
    await rm(file, { force: true })
  }
}

/** Whole or not there: nobody reads half a claim. */
async function lay(folder: string, name: string, claim: Claim): Promise<void> {
  const draft = join(folder, `${name}.draft`)
  await writeFile(draft, JSON.stringify(claim))
  await rename(draft, join(folder, name))
}

/** Another's claim that stands; those of processes that are gone are removed. A holder's counts before an asker's. */
async function livingClaim(folder: string, ownName: string): Promise<Claim | undefined> {
  const found: Claim[] = []
  for (const name of await readdir(folder)) {
    if (name === ownName || !name.endsWith(SUFFIX)) continue
    const claim = await readClaim(join(folder, name))
    if (!claim) continue
    if (isRunning(claim) ?? (await isFresh(join(folder, name)))) found.push(claim)
    else await rm(join(folder, name), { force: true })
  }
  return found.find((claim) => claim.state === 'holding') ?? found[0]
}

const isFresh = async (file: string) => {
  const found = await stat(file).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs < FOREIGN_STALE_MS
}

/** Undefined when it was released meanwhile. */
async function readClaim(file: string): Promise<Claim | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Claim
  } catch {
    return undefined
  }
}

function refusal(dataDir: string, holder: Claim): ChatError {
  return new ChatError(
    'unavailable',
    `unable to open data folder ${dataDir}; process ${holder.pid} on ${holder.host} has used it since ${holder.since}: ` +
      'stop it, give this one another DATA_DIR, or run both on one Postgres with DATABASE_URL',
  )
}
