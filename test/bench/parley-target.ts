import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { ActAnswer, AgentSession, Inbox, RealtimeAddress, VisitorSession } from '../../sdk/protocol/index.js'
import { createHttpPool } from './http-pool.js'
import { bodyOf, eachOf, type Heard, numberIn, type Target } from './target.js'

const HEARTBEAT_MS = 20_000
/** Their tokens last 5 and 15 minutes. */
const RENEW_MS = { agent: 2 * 60_000, visitor: 10 * 60_000 }
/** In which the server has asked again for the rights of a thousand channels. */
const RIGHTS_MS = 2_000

interface Member {
  token: string
  ws: WebSocket
}
interface Pair {
  conversationId: string
  refreshSecret: string
  members: [Member, Member]
}

/** Real visitors and an agent: they write by the API and hear on a joined private channel of a socket each. */
export function parleyTarget(port: number, heard: Heard): Target {
  const http = createHttpPool(port)
  const pairs: Pair[] = []
  let desk: { agent: AgentSession; inboxKey: string; signIn: string } | undefined
  const renewedAt = { agent: Date.now(), visitor: Date.now() }

  async function ask<T>(path: string, body: object, token?: string, method = 'POST'): Promise<T> {
    const answer = await http.request(method, path, JSON.stringify(body), token)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body()}`)
    return JSON.parse(answer.body()) as T
  }

  async function openDesk() {
    const signedIn = await fetch(`http://127.0.0.1:${port}/v1/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'owner@example.com', password: 'correct horse battery' }),
    })
    const signIn = signedIn.headers.get('set-auth-token')!
    const agent = await ask<AgentSession>('/v1/agent/token', {}, signIn)
    const inbox = await ask<Inbox>('/v1/inboxes', { name: 'Load' }, agent.accessToken)
    return { agent, inboxKey: inbox.key, signIn }
  }

  async function join(side: 0 | 1, conversationId: string, token: string, realtime: RealtimeAddress): Promise<Member> {
    const address = `${realtime.url.replace('localhost', '127.0.0.1')}/websocket?vsn=2.0.0&apikey=${realtime.apikey}`
    const ws = new WebSocket(address, { perMessageDeflate: false })
    await once(ws, 'open')
    const config = { private: true, broadcast: {}, presence: {} }
    const topic = `realtime:conversation:${conversationId}`
    ws.send(JSON.stringify(['1', '1', topic, 'phx_join', { config, access_token: token }]))
    const [reply] = (await once(ws, 'message')) as [Buffer]
    if (!reply.includes('"status":"ok"')) throw new Error(`unable to join; ${reply.toString()}`)
    ws.on('message', (data: Buffer) => {
      const number = numberIn(data)
      if (number !== undefined && number % 2 !== side) heard.arrived(number)
    })
    setInterval(() => ws.send('[null,"1","phoenix","heartbeat",{}]'), HEARTBEAT_MS)
    return { token, ws }
  }

  async function openPair(): Promise<void> {
    const { agent, inboxKey } = (desk ??= await openDesk())
    const visitor = await ask<VisitorSession>('/v1/visitor/sessions', { inboxKey })
    const draft = { idempotencyKey: randomUUID(), body: 'Hello?' }
    const start = { idempotencyKey: randomUUID(), message: draft }
    const { head } = await ask<ActAnswer>('/v1/conversations', start, visitor.accessToken)
    const { conversationId } = head
    // the first answer claims the conversation, which the load does not measure
    await ask(
      `/v1/conversations/${conversationId}/messages`,
      { ...draft, idempotencyKey: randomUUID() },
      agent.accessToken,
    )
    pairs.push({
      conversationId,
      refreshSecret: visitor.refreshSecret,
      members: [
        await join(0, conversationId, visitor.accessToken, visitor.realtime),
        await join(1, conversationId, agent.accessToken, agent.realtime),
      ],
    })
  }

  /** From here on the member writes and hears by this token. */
  function handOver(pair: Pair, side: 0 | 1, token: string): void {
    const member = pair.members[side]
    member.token = token
    const topic = `realtime:conversation:${pair.conversationId}`
    member.ws.send(JSON.stringify(['1', null, topic, 'access_token', { access_token: token }]))
  }

  async function renewAgent(): Promise<void> {
    desk!.agent = await ask<AgentSession>('/v1/agent/token', {}, desk!.signIn)
    for (const pair of pairs) handOver(pair, 1, desk!.agent.accessToken)
  }

  async function renewVisitor(pair: Pair): Promise<void> {
    const { refreshSecret, accessToken } = await ask<VisitorSession>('/v1/visitor/sessions/refresh', {
      refreshSecret: pair.refreshSecret,
    })
    pair.refreshSecret = refreshSecret
    handOver(pair, 0, accessToken)
  }

  return {
    async renew() {
      const due = (who: 'agent' | 'visitor') => Date.now() - renewedAt[who] > RENEW_MS[who]
      const [isAgentDue, isVisitorDue] = [due('agent'), due('visitor')]
      if (isAgentDue) await renewAgent()
      if (isVisitorDue) await eachOf(pairs.length, 8, (at) => renewVisitor(pairs[at]!))
      if (isAgentDue) renewedAt.agent = Date.now()
      if (isVisitorDue) renewedAt.visitor = Date.now()
      if (isAgentDue || isVisitorDue) await new Promise((resolve) => setTimeout(resolve, RIGHTS_MS))
    },
    async open(conversations) {
      desk ??= await openDesk()
      await eachOf(conversations - pairs.length, 8, openPair)
      await ask(
        `/v1/conversations/${pairs[0]!.conversationId}/messages`,
        { idempotencyKey: randomUUID(), body: 'ready' },
        desk.agent.accessToken,
      )
    },
    send({ conversation, side, number }) {
      const { conversationId, members } = pairs[conversation]!
      const draft = JSON.stringify({ idempotencyKey: randomUUID(), body: bodyOf(number) })
      http.request('POST', `/v1/conversations/${conversationId}/messages`, draft, members[side].token).then(
        ({ status, body }) =>
          status === 201 ? heard.acknowledged(number) : heard.failed(number, `${status} ${body()}`),
        (error: unknown) => heard.failed(number, String(error)),
      )
    },
  }
}
