import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ChatError } from '../../sdk/protocol/errors.js'
import type { Db } from '../db/client.js'
import { openAsItIs } from '../db/open.js'
import { readSettings, type Settings } from '../env.js'
import { checkDatabase, checkStorage } from '../health/checks.js'
import { fail, type Finding, ok, warn } from '../health/finding.js'
import { checkDatabaseClock } from './check-clocks.js'
import { checkOpenDatabase, countServers } from './check-database.js'
import { checkRealtime, realtimeAccess } from './check-realtime.js'
import { checkServer } from './check-server.js'
import { checkNode, checkPooler, checkSecret, knownSecret } from './check-settings.js'

/** Looks at everything that the environment names, and changes nothing. */
export async function examine(source: Record<string, string | undefined>): Promise<Finding[]> {
  let settings: Settings
  try {
    settings = readSettings(source)
  } catch (error) {
    return [checkNode(), fail('environment', (error as Error).message, 'correct or remove what is named')]
  }
  const findings = await examineWith(settings)
  return findings.map((finding) => hidden(finding, settings))
}

async function examineWith(settings: Settings): Promise<Finding[]> {
  const server = await checkServer(settings)
  const { db, finding } = await open(settings, server.answers)
  const before = [
    checkNode(),
    ...checkPooler(settings),
    ...(await checkFolder(settings)),
    ...(finding ? [finding] : []),
  ]
  try {
    const ofDatabase = db ? await checkDatabaseParts(db, settings) : [checkSecret(settings)]
    return [...before, ...ofDatabase, ...server.findings, ...(await checkLiveEvents(settings, server.answers, db))]
  } finally {
    await db?.close()
  }
}

async function checkDatabaseParts(db: Db, settings: Settings): Promise<Finding[]> {
  const answering = await checkDatabase(db)
  if (answering.state === 'fail') return [answering, checkSecret(settings)]
  const servers = db.engine === 'postgres' ? await countServers(db) : 0
  const parts = await checkOpenDatabase(db, { onSupabase: settings.SUPABASE_URL !== undefined })
  return [answering, ...parts, await checkDatabaseClock(db), checkSecret(settings, servers)]
}

/** An embedded database that a server has open is not ours to open; the server answers for it. */
async function open(settings: Settings, serverAnswers: boolean): Promise<{ db?: Db; finding?: Finding }> {
  const { DATABASE_URL, DATABASE_LISTEN_URL, DATA_DIR } = settings
  if (!DATABASE_URL && !existsSync(join(DATA_DIR, 'database')))
    return { finding: ok('database', `there is none in ${DATA_DIR} yet; the first start makes it`) }
  try {
    return { db: await openAsItIs({ databaseUrl: DATABASE_URL, listenUrl: DATABASE_LISTEN_URL, dataDir: DATA_DIR }) }
  } catch (error) {
    const { message } = error as Error
    if (DATABASE_URL) return { finding: fail('database', message, 'correct what is named, then ask again') }
    const isHeld = error instanceof ChatError && error.code === 'unavailable'
    if (!isHeld) return { finding: fail('database', message, `restore ${DATA_DIR} from a backup`) }
    if (serverAnswers) return { finding: ok('database', `a running server has ${DATA_DIR}; what it says stands below`) }
    const cure = 'set PORT or PUBLIC_URL as that server has them, to have it asked'
    return { finding: warn('database', message, cure) }
  }
}

/** Only the embedded database and a secret that was made are kept on this disk. */
const checkFolder = async ({ DATABASE_URL, DATA_DIR, PARLEY_SECRET }: Settings): Promise<Finding[]> => {
  const isNeeded = !DATABASE_URL || !PARLEY_SECRET
  if (isNeeded && !existsSync(DATA_DIR))
    return [ok('storage', `${DATA_DIR} is not there yet; the first start makes it`)]
  return [await checkStorage(isNeeded ? DATA_DIR : undefined)]
}

async function checkLiveEvents(settings: Settings, serverAnswers: boolean, db: Db | undefined): Promise<Finding[]> {
  if (!settings.SUPABASE_URL && !serverAnswers) return []
  const secret = knownSecret(settings)
  if (!settings.SUPABASE_URL && secret === undefined) {
    const cure = 'give doctor the PARLEY_SECRET or the DATA_DIR of the server'
    return [warn('realtime', 'not tried; the secret of that server is not known here', cure)]
  }
  // the embedded database of a folder is not the one of a server that answers: that would hold it
  const shared = db?.engine === 'postgres' ? db : undefined
  return checkRealtime(await realtimeAccess(settings, secret ?? ''), shared)
}

/** Whatever a driver or a server may have put into its sentence. */
function hidden(finding: Finding, settings: Settings): Finding {
  const passwords = [settings.DATABASE_URL, settings.DATABASE_LISTEN_URL].map((url) => url && new URL(url).password)
  const { PARLEY_SECRET, SUPABASE_ANON_KEY, SUPABASE_SERVICE_ROLE_KEY, SUPABASE_JWT_SECRET } = settings
  const secrets = [...passwords, PARLEY_SECRET, SUPABASE_ANON_KEY, SUPABASE_SERVICE_ROLE_KEY, SUPABASE_JWT_SECRET]
  const hide = (text: string) =>
    secrets.reduce<string>((left, secret) => (secret ? left.replaceAll(secret, '…') : left), text)
  return { ...finding, found: hide(finding.found), ...(finding.cure && { cure: hide(finding.cure) }) }
}

/** A line for each finding, and its cure below. */
export function asText(findings: Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const lines = findings.flatMap(({ state, check, found, cure }) => [
    `${state.padEnd(6)}${check.padEnd(width + 2)}${found}`,
    ...(cure ? [`${' '.repeat(width + 8)}-> ${cure}`] : []),
  ])
  return lines.join('\n')
}
