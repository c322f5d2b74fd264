import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readAddress } from '../db/pooler.js'
import type { Settings } from '../env.js'
import { fail, type Finding, ok, warn } from '../health/finding.js'

const WANTED_NODE = [20, 19] as const
/** A random secret of 32 characters has many more different ones than this. */
const FEW_CHARACTERS = 10
const MAKE_ONE = 'set PARLEY_SECRET, in every process the same: openssl rand -base64 32'

export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isOld = major < WANTED_NODE[0] || (major === WANTED_NODE[0] && minor < WANTED_NODE[1])
  if (!isOld) return ok('node', version)
  return fail('node', `${version} is too old`, `install Node ${WANTED_NODE.join('.')} or newer`)
}

/** The secret of the environment, else the one that a server of this folder made; none is made here. */
export function knownSecret({ PARLEY_SECRET, DATA_DIR }: Settings): string | undefined {
  try {
    return PARLEY_SECRET ?? readFileSync(join(DATA_DIR, 'secret'), 'utf8').trim()
  } catch {
    return undefined
  }
}

/** `processes`: how many servers listen on this database, as far as it can be told. */
export function checkSecret(settings: Settings, processes = 0): Finding {
  const secret = knownSecret(settings)
  if (secret !== undefined && new Set(secret).size < FEW_CHARACTERS)
    return fail('secret', 'has few different characters and may be guessed', MAKE_ONE)
  if (settings.PARLEY_SECRET) return ok('secret', 'PARLEY_SECRET is set')
  if (processes > 1)
    return fail('secret', `${processes} processes share this database, and PARLEY_SECRET is not set here`, MAKE_ONE)
  if (settings.DATABASE_URL)
    return warn('secret', 'PARLEY_SECRET is not set: a second process would refuse what the first has signed', MAKE_ONE)
  if (secret === undefined) return ok('secret', 'there is none yet; the first start makes one')
  const file = join(settings.DATA_DIR, 'secret')
  if (statSync(file).mode & 0o077) return warn('secret', `${file} can be read by others`, `chmod 600 ${file}`)
  return ok('secret', `kept in ${file}`)
}

/** What the address tells. */
export function checkPooler({ DATABASE_URL, DATABASE_LISTEN_URL, SUPABASE_URL }: Settings): Finding[] {
  if (!DATABASE_URL) return []
  if (!readAddress({ url: DATABASE_URL, listenUrl: DATABASE_LISTEN_URL }).pooled)
    return [ok('pooler', 'DATABASE_URL looks like a direct address')]
  if (DATABASE_LISTEN_URL || SUPABASE_URL) return [ok('pooler', 'DATABASE_URL is a transaction pooler')]
  return [
    fail(
      'pooler',
      'DATABASE_URL looks like a transaction pooler, through which nothing can be listened to',
      'set DATABASE_LISTEN_URL to the direct address (or the session pooler), mostly port 5432',
    ),
  ]
}
