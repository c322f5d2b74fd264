import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { vi } from 'vitest'
import { WebSocket } from 'ws'
import { type Heard, hear, isHeard } from './heard.js'
import type { Scenario, Step } from './recording.js'
import { tokensInPlace } from './recorded-tokens.js'
import { unrecorded } from './unrecorded.js'
import type { World } from './world.js'

/** How long an answer may take that the recording has; what did not come by then is missing in the comparison. */
const PATIENCE_MS = 20_000

/** Does what the recorded clients did, each step once the answers before it are there, and tells what they heard. */
export async function replay(world: World, { name, steps }: Scenario): Promise<Heard> {
  const sockets = new Map<string, WebSocket>()
  const heard: Heard = {}
  const counts: Record<string, number> = {}
  const owed: Record<string, number> = {}
  const fill = tokensInPlace(world, name)
  const unheard = new Set<string>()

  const take = (step: Parameters<typeof hear>[1]) => {
    if (unheard.has(step.conn) || JSON.stringify(step.data)?.includes('fence')) return
    counts[step.conn] = (counts[step.conn] ?? 0) + 1
    hear(heard, step)
  }
  const answered = () =>
    vi
      .waitFor(
        () => {
          for (const conn in owed) if ((counts[conn] ?? 0) < owed[conn]!) throw new Error(`${conn} waits`)
        },
        { timeout: PATIENCE_MS, interval: 2 },
      )
      .catch(() => {})

  const connect = async (conn: string, address: string) => {
    const { search } = new URL(await fill(conn, address))
    const headers = conn === 'hdr' ? { 'x-api-key': await fill(conn, '<jwt:anon>') } : {}
    const ws = new WebSocket(`${world.url.replace('http', 'ws')}/websocket${search}`, { headers })
    ws.on('message', (data: Buffer, isBinary) =>
      take(
        isBinary
          ? { conn, kind: 'binary', data: null, hex: data.toString('hex') }
          : { conn, kind: 'text', data: data.toString() },
      ),
    )
    ws.on('close', (code) => {
      if (sockets.delete(conn)) take({ conn, kind: 'close', data: { code, reason: '' } })
    })
    ws.on('error', () => {})
    const refused = once(ws, 'unexpected-response').then(async ([, response]) => {
      const { statusCode: status, headers } = response as IncomingMessage
      let body = ''
      for await (const chunk of response as IncomingMessage) body += String(chunk)
      const type = headers['content-type']
      take({ conn, kind: 'http_refused', data: { status, headers: type ? { 'content-type': type } : {}, body } })
    })
    await Promise.race([refused, once(ws, 'open').then(() => sockets.set(conn, ws))])
  }

  /** Whatever was already on its way arrives before the answer to a heartbeat. */
  const fence = async (ws: WebSocket) => {
    const passed = new Promise<void>((resolve) =>
      ws.on('message', (data: Buffer) => data.includes('fence') && resolve()),
    )
    const isOld = !ws.url.includes('vsn=2')
    ws.send(
      isOld
        ? '{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"fence"}'
        : '[null,"fence","phoenix","heartbeat",{}]',
    )
    await Promise.race([passed, once(ws, 'close')])
  }

  const close = async (conn: string, code: number) => {
    const ws = sockets.get(conn)
    if (!ws) return
    await fence(ws)
    sockets.delete(conn)
    const closed = once(ws, 'close')
    if (code === 1000) ws.close(code)
    else ws.terminate()
    await closed
  }

  const post = async ({ path, headers, body }: { path: string; headers: string[]; body: unknown }) => {
    const key = await fill('http', '<jwt:anon>')
    const given = headers.map((header) => [header, header === 'apikey' ? key : `Bearer ${key}`] as const)
    const answer = await fetch(world.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...Object.fromEntries(given) },
      body: JSON.stringify(body),
    })
    take({ conn: 'http', kind: 'http', data: { status: answer.status, body: await answer.text() } })
  }

  /** What was sent but not recorded one by one. Answers that were not recorded either go unheard. */
  const sendUnrecorded = async (conn: string) => {
    const senders = conn === '*' ? [...sockets.keys()] : [conn]
    for (const sender of senders) {
      const { sent, answers, last } = unrecorded({ name, steps }, sender)
      const ws = sockets.get(sender)!
      let count = 0
      const counted = new Promise<void>((resolve) =>
        ws.on('message', () => (count++ === answers ? resolve() : undefined)),
      )
      unheard.add(sender)
      for (const frame of sent) ws.send(JSON.stringify(frame))
      ws.send('[null,"fence","phoenix","heartbeat",{}]')
      await counted
      unheard.delete(sender)
      if (last) ws.send(JSON.stringify(last))
    }
  }

  const act = async ({ conn, dir, kind, data, hex }: Step) => {
    if (kind === 'note') return dir === 'send' ? sendUnrecorded(conn) : undefined
    if (kind === 'connect') return connect(conn, data as string)
    if (kind === 'close') return close(conn, (data as { code: number }).code)
    if (dir === 'sql') {
      const [, text, parameters] = /^(.*?)(?: -- (\[.*\]))?$/.exec(data as string)!
      return void (await world.db.query(text!, parameters ? (JSON.parse(parameters) as string[]) : []))
    }
    if (kind === 'http') return post(data as Parameters<typeof post>[0])
    if (kind === 'binary') return sockets.get(conn)!.send(Buffer.from(hex!, 'hex'))
    if (kind === 'text') return sockets.get(conn)!.send(await fill(conn, data as string))
  }

  for (const step of steps) {
    if (isHeard(step)) owed[step.conn] = (owed[step.conn] ?? 0) + 1
    else if (step.kind !== 'open') {
      await answered()
      await act(step)
    }
  }
  await answered()
  for (const conn of sockets.keys()) await close(conn, 1000)
  return heard
}
