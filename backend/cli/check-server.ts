import type { Settings } from '../env.js'
import { fail, type Finding, ok, warn } from '../health/finding.js'
import { checkServerClock } from './check-clocks.js'

const PATIENCE_MS = 5_000
const EVERYWHERE = ['0.0.0.0', '::']

/** Where a running server is asked for: as browsers reach it, else here. */
export function serverUrl({ PUBLIC_URL, HOST, PORT }: Settings): string {
  if (PUBLIC_URL) return PUBLIC_URL.replace(/\/$/, '')
  const host = EVERYWHERE.includes(HOST) ? '127.0.0.1' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}

export interface AskedServer {
  /** Whether a server of ours answers there. */
  answers: boolean
  findings: Finding[]
}

/** Asks a server from outside, as a browser would. */
export async function checkServer(settings: Settings): Promise<AskedServer> {
  const url = serverUrl(settings)
  const before = Date.now()
  const live = await ask(`${url}/health/live`)
  const after = Date.now()
  if (typeof live === 'string') return { answers: false, findings: [silent(settings, url, live)] }
  const isOurs = live.status === 200 && (await live.text()).includes('"live"')
  if (!isOurs) {
    const place = live.headers.get('location')
    const found = place ? `${url} sends elsewhere` : `${url} answers ${live.status}, which is no server of ours`
    const cure = 'set PUBLIC_URL to the very address of the server, and let the proxy pass /health/live on'
    return { answers: false, findings: [fail('public url', found, cure)] }
  }
  const findings = [checkScheme(url), await checkOrigin(url), ...(await checkReady(url))]
  return { answers: true, findings: [...findings, ...checkServerClock(live.headers.get('date'), before, after)] }
}

function silent({ PUBLIC_URL }: Settings, url: string, reason: string): Finding {
  const found = `no server answers at ${url} (${reason}), so realtime was not tried`
  if (!PUBLIC_URL)
    return warn('public url', found, 'start the server and ask again; set PORT or PUBLIC_URL as it has it')
  return fail('public url', found, 'start the server, or correct PUBLIC_URL, its name or the proxy before it')
}

function checkScheme(url: string): Finding {
  const { protocol, hostname } = new URL(url)
  const isHere = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  if (protocol === 'https:' || isHere) return ok('public url', `${url} answers`)
  const cure = 'put a proxy with a certificate before the server, and set PUBLIC_URL to its https address'
  return fail('public url', `${url} is not encrypted: pages on https may not load the widget from it`, cure)
}

/** What cookies open is refused to foreign pages, so a server that knows itself by another name refuses its own. */
async function checkOrigin(url: string): Promise<Finding> {
  const { origin } = new URL(url)
  const answer = await ask(`${url}/v1/auth/doctor`, { headers: { origin } })
  if (typeof answer === 'string') return fail('origin', `does not answer (${answer})`, 'ask again')
  if (answer.status !== 403) return ok('origin', `the server knows itself as ${origin}`)
  const cure = `set PUBLIC_URL=${origin} for the server, or TRUST_PROXY for the proxy that passes the name on`
  return fail('origin', `the server knows itself by another name than ${origin}: agents cannot sign in`, cure)
}

/** What the server says of itself, where that is not all well. */
async function checkReady(url: string): Promise<Finding[]> {
  const answer = await ask(`${url}/health/ready`)
  if (typeof answer === 'string') return [fail('server', `does not say whether it is ready (${answer})`, 'ask again')]
  const { status, ...parts } = (await answer.json().catch(() => ({}))) as Record<string, string>
  if (status === 'ready') return [ok('server', 'says that it is ready')]
  const down = Object.keys(parts).filter((part) => parts[part] === 'down')
  return [fail('server', `says that it is not ready: ${down.join(', ')}`, 'read its log, and what is said above')]
}

/** The answer, or why there is none. */
async function ask(url: string, init: RequestInit = {}): Promise<Response | string> {
  try {
    return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string; message?: string } }
    return cause?.code ?? cause?.message ?? name
  }
}
