import { RealtimeClient } from '@supabase/supabase-js'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.js'
import { WebSocket } from 'ws'
import { agentSignIn, createAgent } from '../../sdk/agent.js'
import type { ActAnswer, ChatEvent, SyncAnswer, VisitorSession } from '../../sdk/protocol/index.js'
import { ADMIN, type ServerProcess, serverProcess } from '../support/server-process.js'

const databaseUrl = process.env['TEST_DATABASE_URL']

describe.runIf(databaseUrl)('two server processes on one Postgres', () => {
  const name = `parley_two_${process.pid}`
  const servers: ServerProcess[] = []
  let visitor: VisitorSession

  const post = (server: ServerProcess, path: string, body: unknown) =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${visitor.accessToken}` },
      body: JSON.stringify(body),
    })
  const startConversation = async () => {
    const answer = await post(servers[0]!, '/v1/conversations', {
      idempotencyKey: crypto.randomUUID(),
      message: { idempotencyKey: crypto.randomUUID(), body: 'Is anybody there?' },
    })
    return ((await answer.json()) as ActAnswer).head.conversationId
  }
  const logOf = async (conversationId: string) => {
    const answer = await post(servers[0]!, '/v1/sync', { cursor: null, open: [{ conversationId, epoch: '', seq: 0 }] })
    return ((await answer.json()) as SyncAnswer).open[0]!
  }

  beforeAll(async () => {
    const admin = postgres(databaseUrl!, { max: 1, onnotice: () => {} })
    await admin.unsafe(`create database ${name}`)
    await admin.end()
    const own = new URL(databaseUrl!)
    own.pathname = `/${name}`
    const env = { DATABASE_URL: own.href, PARLEY_SECRET: 'one secret for both processes, long enough' }
    servers.push(...(await Promise.all([serverProcess(env), serverProcess(env)])))

    const signIn = agentSignIn({ url: servers[0]!.url })
    await signIn.withPassword(ADMIN.email, ADMIN.password)
    const agent = createAgent({ url: servers[0]!.url, getToken: signIn.getToken })
    const inbox = await agent.inboxes.create({ name: 'Shop' })
    await agent.close()
    const answer = await fetch(`${servers[0]!.url}/v1/visitor/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ inboxKey: inbox.key }),
    })
    visitor = (await answer.json()) as VisitorSession
  })

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    const admin = postgres(databaseUrl!, { max: 1 })
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.end()
  })

  test('I2 40 concurrent sends with one key over both give one event and one broadcast to a client of either', async () => {
    const conversationId = await startConversation()
    const heard: ChatEvent[][] = [[], []]
    const clients = servers.map((server) => {
      const { apikey } = visitor.realtime
      const client = new RealtimeClient(`${server.url.replace('http', 'ws')}/realtime/v1`, {
        params: { apikey },
        transport: WebSocket as never,
      })
      return client
    })
    await Promise.all(
      clients.map(async (client, place) => {
        await client.setAuth(visitor.accessToken)
        const channel = client.channel(`conversation:${conversationId}`, { config: { private: true } })
        channel.on('broadcast', { event: 'event' }, ({ payload }) => heard[place]!.push(payload as ChatEvent))
        await new Promise<void>((joined, refused) =>
          channel.subscribe((status, error) => (status === 'SUBSCRIBED' ? joined() : error && refused(error))),
        )
      }),
    )

    const draft = { idempotencyKey: crypto.randomUUID(), body: 'once' }
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        post(servers[n % 2]!, `/v1/conversations/${conversationId}/messages`, draft),
      ),
    )
    const events = (await Promise.all(answers.map((answer) => answer.json()))) as ChatEvent[]
    const last = await post(servers[0]!, `/v1/conversations/${conversationId}/messages`, {
      idempotencyKey: crypto.randomUUID(),
      body: 'last',
    })
    const marker = (await last.json()) as ChatEvent

    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array(39).fill(200), 201])
    for (const event of events) expect(event).toEqual(events[0])
    await eventually(() => expect(heard.map((events) => events.at(-1)?.seq)).toEqual([marker.seq, marker.seq]))
    expect(heard.map((events) => events.map((event) => event.seq))).toEqual([
      [3, 4],
      [3, 4],
    ])
    await Promise.all(clients.map((client) => client.disconnect()))
  })

  test('I3 16 writers in one conversation give seq 1 to n without a hole', async () => {
    const conversationId = await startConversation()
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        for (const n of [1, 2, 3]) {
          const answer = await post(servers[writer % 2]!, `/v1/conversations/${conversationId}/messages`, {
            idempotencyKey: crypto.randomUUID(),
            body: `${n} of writer ${writer}`,
          })
          expect(answer.status).toBe(201)
        }
      }),
    )
    const log = await logOf(conversationId)
    expect(log.events.map((event) => event.seq)).toEqual(Array.from({ length: 2 + 48 }, (_, n) => n + 1))
    expect(log.head).toBe(50)
  })
})
