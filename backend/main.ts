import type { AddressInfo } from 'node:net'
import { isLostConnection } from './db/errors.js'
import { type Env, readEnv } from './env.js'
import { type Backend, createBackend } from './index.js'
import { openLog } from './log.js'
import { drain, serve } from './serve.js'

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

async function start(env: Env): Promise<void> {
  const log = openLog(2, env.LOG_LEVEL)
  // the driver asks a new connection for its types by itself, and tells nobody when the database goes away meanwhile
  process.on('unhandledRejection', (error) => {
    if (!isLostConnection(error)) throw error
    log.warn({ err: error }, 'a connection to the database broke before it was used')
  })
  const backend = await createBackend({
    secret: env.PARLEY_SECRET,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    databaseListenUrl: env.DATABASE_LISTEN_URL,
    publicUrl: env.PUBLIC_URL,
    supabase: env.SUPABASE_URL
      ? { url: env.SUPABASE_URL, anonKey: env.SUPABASE_ANON_KEY!, jwtSecret: env.SUPABASE_JWT_SECRET }
      : undefined,
    signingKeys: env.SUPABASE_JWT_SIGNING_KEY,
    trustedProxies: env.TRUST_PROXY,
    metricsToken: env.METRICS_TOKEN,
    isPrivate: LOOPBACK.includes(env.HOST),
    administrator: env.PARLEY_ADMIN_EMAIL
      ? { email: env.PARLEY_ADMIN_EMAIL, password: env.PARLEY_ADMIN_PASSWORD! }
      : undefined,
    log,
  })
  const server = await serve(backend, env.PORT, env.HOST).catch(async (error: unknown) => {
    await backend.close()
    throw error
  })
  let isStopping = false
  const stop = () => {
    if (isStopping) process.exit(1)
    isStopping = true
    drain(server, backend).then(() => process.exit(0), fail)
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  const { port } = server.address() as AddressInfo
  await greet(backend, env.PUBLIC_URL?.replace(/\/$/, '') ?? `http://localhost:${port}`)
}

/** The links that matter. A sign-in link is printed where only whoever started the process reads it. */
async function greet(backend: Backend, url: string): Promise<void> {
  const isOwnScreen = backend.engine === 'pglite' || process.stdout.isTTY
  const fragment = isOwnScreen ? await backend.newSignInFragment() : null
  const warning = 'The embedded database does not survive a power loss; for real use set DATABASE_URL to a Postgres.'
  console.log(`
  Parley is running.

  Demo page   ${url}/
  Console     ${url}/console${fragment ? `${fragment}   (signs you in once, within 24 hours)` : ''}
  Docs        ${url}/docs
${backend.engine === 'pglite' ? `\n  ${warning}\n` : ''}`)
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

try {
  await start(readEnv(process.env))
} catch (error) {
  fail(error)
}
