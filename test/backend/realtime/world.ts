import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { RealtimeClient, type RealtimeChannel } from '@supabase/supabase-js'
import { Hono } from 'hono'
import { SignJWT } from 'jose'
import { pino } from 'pino'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import type { Db } from '../../../backend/db/client.js'
import { createRealtime, type Realtime, type RealtimeLimits } from '../../../backend/realtime/index.js'
import { createKeyring } from '../../../backend/sessions/keyring.js'
import { type Engine, testDatabase } from '../../support/database.js'

const SECRET = 'a secret that is long enough for HS256'

export interface Person {
  kind: 'contact' | 'agent'
  id: string
  workspaceId: string
}

/** Claims beside a person's own, or another secret: for tokens that are not good. */
interface TokenOptions {
  expiresInS?: number
  secret?: string
  claims?: Record<string, unknown>
}

export interface World {
  db: Db
  /** The one that serves now. */
  readonly realtime: Realtime
  url: string
  /** Of one workspace: the contact, its conversation, the agent who sees it; and a contact beside them. */
  ada: Person
  bob: Person
  agent: Person
  /** Agent of another workspace. */
  stranger: Person
  conversationId: string
  tokenOf(person: Person | 'anon', options?: TokenOptions): Promise<string>
  /** The unmodified client, signed in. It is closed with the world. */
  clientOf(person: Person, options?: TokenOptions & { vsn?: string }): Promise<RealtimeClient>
  /** A socket on which frames are written by hand. */
  rawSocket(vsn?: string): Promise<RawSocket>
  /** `realtime.send` in a transaction of its own. */
  publish(topic: string, event: string, payload: object): Promise<void>
  /** Another server on the same database, to be closed first. */
  beside(): Promise<World>
  /** Ends every connection and waits until the server knows. */
  leaveAll(): Promise<void>
  /** Closes realtime and lets another take its place on the same port and database. */
  restart(): Promise<void>
  close(): Promise<void>
}

interface RawSocket {
  received: unknown[]
  send(frame: unknown): void
  ws: WebSocket
}

/** `isDeaf` until somebody starts its realtime: what the database sends is not heard. */
type WorldOptions = Partial<RealtimeLimits> & { isDeaf?: boolean }

export async function realtimeWorld(engine: Engine, limits: WorldOptions = {}): Promise<World> {
  const db = await testDatabase(engine)
  return serve(db, await people(db), limits, () => db.close())
}

async function serve(
  db: Db,
  who: Awaited<ReturnType<typeof people>>,
  { isDeaf = false, ...limits }: WorldOptions,
  onClose: () => Promise<void>,
): Promise<World> {
  const started = async () => {
    const log = pino({ level: 'silent' })
    const fresh = createRealtime({
      db,
      keys: createKeyring({ secret: SECRET }),
      log,
      limits: { sweepMs: 50, ...limits },
    })
    if (!isDeaf) await fresh.start()
    return fresh
  }
  let realtime = await started()
  const server = createServer((request, response) => {
    const app = new Hono().route('/realtime/v1', realtime.routes)
    void getRequestListener(app.fetch)(request, response)
  }).listen(0, '127.0.0.1')
  server.on('upgrade', (request, socket, head) => realtime.upgrade(request, socket, head))
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const url = `http://127.0.0.1:${port}/realtime/v1`

  const clients: RealtimeClient[] = []
  const sockets: WebSocket[] = []
  const tokenOf: World['tokenOf'] = (person, { expiresInS = 600, secret = SECRET, claims = {} } = {}) => {
    const now = Math.floor(Date.now() / 1000)
    const own =
      person === 'anon'
        ? { role: 'anon' }
        : { role: 'authenticated', sub: person.id, kind: person.kind, workspace_id: person.workspaceId }
    return new SignJWT({ ...own, iat: now, exp: now + expiresInS, ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(secret))
  }
  const anonKey = await tokenOf('anon')

  return {
    db,
    get realtime() {
      return realtime
    },
    url,
    ...who,
    tokenOf,
    async clientOf(person, { vsn, ...options } = {}) {
      const client = new RealtimeClient(url.replace('http', 'ws'), {
        params: { apikey: anonKey },
        transport: WebSocket as never,
        reconnectAfterMs: () => 20,
        ...(vsn && { vsn }),
      })
      clients.push(client)
      await client.setAuth(await tokenOf(person, options))
      return client
    },
    async rawSocket(vsn = '2.0.0') {
      const ws = new WebSocket(`${url.replace('http', 'ws')}/websocket?apikey=${anonKey}&vsn=${vsn}`)
      sockets.push(ws)
      const received: unknown[] = []
      ws.on('message', (data: Buffer, isBinary) => received.push(isBinary ? data : JSON.parse(data.toString())))
      await once(ws, 'open')
      return { received, ws, send: (frame) => ws.send(Buffer.isBuffer(frame) ? frame : JSON.stringify(frame)) }
    },
    async publish(topic, event, payload) {
      await db.query('select realtime.send($1::text::jsonb, $2, $3, true)', [JSON.stringify(payload), event, topic])
    },
    beside: () => serve(db, who, limits, () => Promise.resolve()),
    async leaveAll() {
      await Promise.all(clients.splice(0).map((client) => client.disconnect()))
      for (const ws of sockets.splice(0)) ws.terminate()
      await expect.poll(() => realtime.stats().sockets).toBe(0)
    },
    async restart() {
      await realtime.close()
      realtime = await started()
    },
    async close() {
      await Promise.all(clients.map((client) => client.disconnect()))
      for (const ws of sockets) ws.terminate()
      await realtime.close()
      server.closeAllConnections()
      server.close()
      await onClose()
    },
  }
}

/** Joins and resolves with the client's first word on it. */
export function join(channel: RealtimeChannel): Promise<{ status: string; reason: string }> {
  return new Promise((resolve) =>
    channel.subscribe((status, error) => resolve({ status, reason: error?.message ?? '' })),
  )
}

export const privately = (more: object = {}) => ({ config: { private: true, ...more } })

/** Joins a private topic and collects what is broadcast there. */
export async function listenTo(client: RealtimeClient, topic: string, more: object = {}) {
  const channel = client.channel(topic, privately(more))
  const heard: { event: string; payload: Record<string, unknown>; meta?: Record<string, unknown> }[] = []
  channel.on('broadcast', { event: '*' }, (message) => void heard.push(message as never))
  expect(await join(channel)).toEqual({ status: 'SUBSCRIBED', reason: '' })
  return { channel, heard, events: () => heard.map(({ event }) => event) }
}

async function people(db: Db) {
  const insert = async (sql: string, params: string[]) =>
    (await db.query<{ id: string }>(`${sql} returning id`, params))[0]!.id
  const workspaceOf = async (name: string) => {
    const workspaceId = await insert('insert into workspaces (name) values ($1)', [name])
    const inboxId = await insert('insert into inboxes (workspace_id, name, key, secret) values ($1, $2, $3, $3)', [
      workspaceId,
      name,
      randomUUID(),
    ])
    const agentId = await insert('insert into agents (workspace_id, name, email) values ($1, $2, $3)', [
      workspaceId,
      'Agent',
      `${randomUUID()}@example.com`,
    ])
    await db.query('insert into inbox_agents (workspace_id, inbox_id, agent_id) values ($1, $2, $3)', [
      workspaceId,
      inboxId,
      agentId,
    ])
    return { workspaceId, inboxId, agent: { kind: 'agent', id: agentId, workspaceId } satisfies Person }
  }
  const { workspaceId, inboxId, agent } = await workspaceOf('Shop')
  const { agent: stranger } = await workspaceOf('Elsewhere')
  const contact = async (name: string): Promise<Person> => {
    const id = await insert('insert into contacts (workspace_id, name) values ($1, $2)', [workspaceId, name])
    return { kind: 'contact', id, workspaceId }
  }
  const [ada, bob] = [await contact('Ada'), await contact('Bob')]
  const [row] = await db.query<{ started: { head: { conversationId: string } } }>(
    'select start_conversation($1, $2, $3, null, $4, $5) as started',
    [ada.id, inboxId, randomUUID(), randomUUID(), 'Do you ship to Norway?'],
  )
  return { ada, bob, agent, stranger, conversationId: row!.started.head.conversationId }
}
