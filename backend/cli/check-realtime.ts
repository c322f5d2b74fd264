import { randomUUID } from 'node:crypto'
import { RealtimeClient } from '@supabase/supabase-js'
import { SignJWT } from 'jose'
import { WebSocket } from 'ws'
import type { Queryable } from '../db/client.js'
import type { Settings } from '../env.js'
import { fail, type Finding, ok } from '../health/finding.js'
import { deriveKey } from '../sessions/keys.js'
import { serverUrl } from './check-server.js'

const PATIENCE_MS = 15_000
const SAY_AGAIN_MS = 2_000
/** As long as the check may take. */
const TOKEN_SECONDS = 60

export interface RealtimeAccess {
  /** Ends in `/realtime/v1`. */
  url: string
  /** Of the role that every policy lets through. */
  serviceKey: string
}

/** Supabase's, or the realtime of a server that signs with this secret. */
export async function realtimeAccess(settings: Settings, secret: string): Promise<RealtimeAccess> {
  const { SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY } = settings
  if (SUPABASE_URL && SUPABASE_SERVICE_ROLE_KEY)
    return { url: `${SUPABASE_URL.replace(/\/$/, '')}/realtime/v1`, serviceKey: SUPABASE_SERVICE_ROLE_KEY }
  const serviceKey = await new SignJWT({ role: 'service_role' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setExpirationTime(`${TOKEN_SECONDS}s`)
    .sign(Buffer.from(deriveKey(secret, 'access tokens')))
  return { url: `${serverUrl(settings)}/realtime/v1`, serviceKey }
}

/**
 * Joins a private topic of its own and hears there what it sends: over HTTP, and by the database where one is at
 * hand. A broadcast is said again until it is heard, for Supabase's first one may meet a sleeping tenant.
 */
export async function checkRealtime(access: RealtimeAccess, db: Queryable | undefined): Promise<Finding[]> {
  const { url, serviceKey } = access
  const topic = `doctor:${randomUUID()}`
  const ways: Record<string, () => Promise<unknown>> = {
    'over HTTP': () => sayOverHttp(access, topic),
    ...(db && {
      'by the database': () => db.query(`select realtime.send('{}'::jsonb, 'by the database', $1, true)`, [topic]),
    }),
  }
  const client = new RealtimeClient(url.replace(/^http/, 'ws'), {
    params: { apikey: serviceKey },
    transport: WebSocket as never,
  })
  const ended = new AbortController()
  const timer = setTimeout(() => ended.abort(), PATIENCE_MS)
  try {
    if (isToken(serviceKey)) await client.setAuth(serviceKey)
    const { joined, heard } = join(client, topic, ended.signal)
    const refusal = await joined
    if (refusal) return [fail('realtime', `${url} does not let us join: ${refusal}`, refusedCure)]
    return await Promise.all(
      Object.entries(ways).map(async ([way, say]) => {
        const startedAt = performance.now()
        const failure = await sayUntilHeard(say, heard(way), ended.signal)
        if (failure === undefined)
          return ok('realtime', `a broadcast ${way} came back in ${Math.round(performance.now() - startedAt)} ms`)
        return fail('realtime', `no broadcast ${way} came back (${failure})`, lostCure(way))
      }),
    )
  } finally {
    clearTimeout(timer)
    ended.abort()
    await client.removeAllChannels()
    await client.disconnect()
    await db?.query('delete from realtime.messages where topic = $1', [topic]).catch(() => {})
  }
}

/** Supabase's newer secret keys are none: its gateway takes them as `apikey` only. */
const isToken = (key: string) => !key.startsWith('sb_')

const refusedCure =
  'let the proxy pass WebSocket upgrades on; give doctor the PARLEY_SECRET (or the Supabase keys) that the server has'
const lostCure = (way: string) =>
  way === 'over HTTP'
    ? 'let the proxy pass /realtime/v1/api/broadcast on; with Supabase see whether Realtime is on and within its limits'
    : 'see whether DATABASE_URL is the database of that server, and DATABASE_LISTEN_URL a direct address of it'

/** `joined` resolves with a refusal, or undefined; `heard` once an event of that name has come. */
function join(client: RealtimeClient, topic: string, signal: AbortSignal) {
  const waiting = new Map<string, () => void>()
  const channel = client.channel(topic, { config: { private: true } })
  channel.on('broadcast', { event: '*' }, ({ event }) => waiting.get(event)?.())
  const joined = new Promise<string | undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve('no answer'))
    channel.subscribe((status, error) => {
      if (status === 'SUBSCRIBED') resolve(undefined)
      else if (status === 'CHANNEL_ERROR' && error) resolve(error.message)
    })
  })
  return { joined, heard: (event: string) => new Promise<void>((resolve) => waiting.set(event, resolve)) }
}

/** Resolves with why it was not heard. */
async function sayUntilHeard(say: () => Promise<unknown>, heard: Promise<void>, signal: AbortSignal) {
  let failure: string | undefined = 'nothing came'
  const trySay = () => say().catch((error: Error) => (failure = error.message))
  const again = setInterval(() => void trySay(), SAY_AGAIN_MS)
  const late = new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve(failure ?? '')))
  await trySay()
  const outcome = await Promise.race([heard, late])
  clearInterval(again)
  return outcome ?? undefined
}

export async function sayOverHttp({ url, serviceKey }: RealtimeAccess, topic: string): Promise<void> {
  const bearer: Record<string, string> = isToken(serviceKey) ? { authorization: `Bearer ${serviceKey}` } : {}
  const answer = await fetch(`${url}/api/broadcast`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', apikey: serviceKey, ...bearer },
    body: JSON.stringify({ messages: [{ topic, event: 'over HTTP', payload: {}, private: true }] }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (!answer.ok) throw new Error(`answered ${answer.status}`)
}
