import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { decodeJwt } from 'jose'
import { z } from 'zod'
import { logLevels } from './log.js'
import { type PrivateJwk, readSigningKeys } from './sessions/signing-key.js'

const MIN_SECRET_CHARS = 32
const SUPABASE = ['SUPABASE_URL', 'SUPABASE_ANON_KEY', 'SUPABASE_SERVICE_ROLE_KEY'] as const

const webAddress = (what: string) =>
  z.string().refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), `has to be ${what}`)
const databaseAddress = z
  .string()
  .refine((value) => URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol), {
    message: 'has to be a Postgres address such as postgres://user:password@host:5432/name',
  })
const isProxy = (entry: string) => {
  const [address = '', prefix] = entry.split('/')
  const most = isIP(address) === 6 ? 128 : 32
  return (
    entry === 'loopback' ||
    (isIP(address) > 0 && (prefix === undefined || (/^\d+$/.test(prefix) && Number(prefix) <= most)))
  )
}

/** Not a secret key, nor the older kind for any role but `anon`. */
const isForBrowsers = (key: string) => {
  if (key.startsWith('sb_')) return key.startsWith('sb_publishable_')
  try {
    return decodeJwt(key)['role'] === 'anon'
  } catch {
    return false
  }
}
const signingKeys = (value: string, context: z.RefinementCtx): PrivateJwk[] => {
  try {
    return readSigningKeys(value)
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
}

const environment = z
  .object({
    PORT: z
      .string()
      .refine((value) => /^\d+$/.test(value) && Number(value) <= 65_535, 'has to be a port from 0 to 65535')
      .transform(Number)
      .default(8787),
    HOST: z.string().default('127.0.0.1'),
    PUBLIC_URL: webAddress('an address such as https://chat.example.com').optional(),
    DATA_DIR: z.string().default('.parley'),
    DATABASE_URL: databaseAddress.optional(),
    DATABASE_LISTEN_URL: databaseAddress.optional(),
    SUPABASE_URL: webAddress("the project's address, https://REF.supabase.co").optional(),
    SUPABASE_ANON_KEY: z
      .string()
      .refine(isForBrowsers, 'has to be the publishable or the anon key; browsers see it')
      .optional(),
    SUPABASE_SERVICE_ROLE_KEY: z.string().optional(),
    SUPABASE_JWT_SECRET: z
      .string()
      .min(MIN_SECRET_CHARS, `has to have ${MIN_SECRET_CHARS} characters or more`)
      .optional(),
    SUPABASE_JWT_SIGNING_KEY: z.string().transform(signingKeys).optional(),
    PARLEY_SECRET: z.string().min(MIN_SECRET_CHARS, `has to have ${MIN_SECRET_CHARS} characters or more`).optional(),
    TRUST_PROXY: z
      .string()
      .transform((value) => value.split(',').map((entry) => entry.trim()))
      .refine((entries) => entries.every(isProxy), {
        message: 'has to be a list of addresses or networks, such as loopback,10.0.0.0/8',
      })
      .default([]),
    LOG_LEVEL: z.enum(logLevels, `has to be one of ${logLevels.join(', ')}`).default('info'),
    METRICS_TOKEN: z.string().regex(/^\S+$/, 'has to be without spaces').optional(),
    PARLEY_ADMIN_EMAIL: z.email('has to be an e-mail address').optional(),
    PARLEY_ADMIN_PASSWORD: z.string().min(10, 'has to have 10 characters or more').max(128).optional(),
  })
  .superRefine((env, context) => {
    const missing = (name: string, beside: string) =>
      context.addIssue({ code: 'custom', path: [name], message: `is missing, and ${beside} is set` })
    const present = [...SUPABASE, 'SUPABASE_JWT_SECRET' as const].find((name) => env[name])
    if (present) for (const name of SUPABASE) if (!env[name]) missing(name, present)
    if (present && !env.SUPABASE_JWT_SIGNING_KEY && !env.SUPABASE_JWT_SECRET)
      missing('SUPABASE_JWT_SECRET (or SUPABASE_JWT_SIGNING_KEY)', present)
    if (present && !env.DATABASE_URL) missing('DATABASE_URL', present)
    if (env.PARLEY_ADMIN_EMAIL && !env.PARLEY_ADMIN_PASSWORD) missing('PARLEY_ADMIN_PASSWORD', 'PARLEY_ADMIN_EMAIL')
    if (env.PARLEY_ADMIN_PASSWORD && !env.PARLEY_ADMIN_EMAIL) missing('PARLEY_ADMIN_EMAIL', 'PARLEY_ADMIN_PASSWORD')
  })

/** Everything the process is told from outside, read once. */
export type Settings = z.output<typeof environment>
export type Env = Settings & { PARLEY_SECRET: string }

/** As `readSettings`, with a secret made in `DATA_DIR` when none is told. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const settings = readSettings(source)
  return { ...settings, PARLEY_SECRET: settings.PARLEY_SECRET ?? ownSecret(settings.DATA_DIR) }
}

/** A variable set to nothing counts as not set. @throws {Error} naming each variable that is wrong, never its value */
export function readSettings(source: Record<string, string | undefined>): Settings {
  const present = Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== '')
  const read = environment.safeParse(Object.fromEntries(present))
  if (!read.success) {
    const wrong = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new Error(`unable to read the environment; ${wrong.join('; ')}`)
  }
  return { ...read.data, DATA_DIR: resolve(read.data.DATA_DIR) }
}

/** Made once, for this folder, readable by its owner only. */
function ownSecret(dataDir: string): string {
  const path = join(dataDir, 'secret')
  const half = `${path}.${process.pid}`
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(half, randomBytes(32).toString('base64url'), { mode: 0o600 })
    // appears whole or not at all, and never replaces the one of another process
    linkSync(half, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new Error(`unable to write ${path}; set DATA_DIR to a folder of your own, or PARLEY_SECRET`, {
        cause: error,
      })
  } finally {
    rmSync(half, { force: true })
  }
  const secret = readFileSync(path, 'utf8').trim()
  if (secret.length < MIN_SECRET_CHARS)
    throw new Error(`unable to use ${path}; it is damaged: restore it, or set PARLEY_SECRET`)
  return secret
}
