import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Badge, Problem, VisitorSession } from '../../../sdk/protocol/index.js'
import { engines } from '../../support/database.js'
import { makeWorld, type World, type WorldAgent, type WorldVisitor } from '../../support/world.js'

describe.each(engines)('badges on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld(engine)
  })
  afterAll(() => world.close())

  async function shop(): Promise<{ visitor: WorldVisitor; agent: WorldAgent }> {
    const inbox = await world.inbox()
    const agent = await world.agent(inbox.workspaceId, { inboxIds: [inbox.id] })
    return { visitor: await world.visitor(inbox.key), agent }
  }
  const pathOf = ({ badgeUrl }: VisitorSession) => new URL(badgeUrl).pathname
  const badgeOf = async ({ session }: WorldVisitor) => (await world.caller().get<Badge>(pathOf(session))).body
  async function start(visitor: WorldVisitor): Promise<string> {
    const message = { body: 'Do you ship?', idempotencyKey: randomUUID() }
    const { body } = await visitor.post<{ head: { conversationId: string } }>('/v1/conversations', {
      idempotencyKey: randomUUID(),
      message,
    })
    return body.head.conversationId
  }
  const answer = (by: WorldAgent | WorldVisitor, conversationId: string) =>
    by.post(`/v1/conversations/${conversationId}/messages`, { body: 'Yes', idempotencyKey: randomUUID() })

  test('it counts what the others wrote since one read or wrote, in all conversations', async () => {
    const { visitor, agent } = await shop()
    expect(await badgeOf(visitor)).toEqual({ unread: 0, isLive: false })
    const [one, other] = [await start(visitor), await start(visitor)]
    expect(await badgeOf(visitor)).toEqual({ unread: 0, isLive: true })
    for (const conversation of [one, one, other]) await answer(agent, conversation)
    expect(await badgeOf(visitor)).toEqual({ unread: 3, isLive: true })
    await visitor.put(`/v1/conversations/${one}/receipt`, { readSeq: 3, deliveredSeq: 3 })
    expect((await badgeOf(visitor)).unread).toBe(2)
    await answer(visitor, other)
    expect((await badgeOf(visitor)).unread).toBe(1)
  })

  test('a conversation is live for a day after its last message, until it is resolved and read', async () => {
    const { visitor, agent } = await shop()
    const id = await start(visitor)
    await agent.post(`/v1/conversations/${id}/resolve`)
    expect(await badgeOf(visitor)).toEqual({ unread: 0, isLive: false })
    await agent.post(`/v1/conversations/${id}/reopen`)
    expect((await badgeOf(visitor)).isLive).toBe(true)
    await world.db.query(`update messages set created_at = now() - interval '25 hours' where conversation_id = $1`, [
      id,
    ])
    expect((await badgeOf(visitor)).isLive).toBe(false)
  })

  test('a page that knows the answer is told 304; nobody on the way keeps it, and any origin may ask', async () => {
    const { visitor, agent } = await shop()
    const id = await start(visitor)
    const path = pathOf(visitor.session)
    const first = await world.caller({ origin: 'https://shop.example' }).get(path)
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    expect(first.headers.get('access-control-allow-origin')).toBe('*')
    const again = world.caller({ 'if-none-match': first.headers.get('etag')! })
    expect((await again.get(path)).status).toBe(304)
    await answer(agent, id)
    expect((await again.get<Badge>(path)).body.unread).toBe(1)
  })

  test('a badge outlives rotations of the secret, opens nothing else, and ends with its session', async () => {
    const { visitor } = await shop()
    const { refreshSecret } = visitor.session
    const renewed = await world.caller().post<VisitorSession>('/v1/visitor/sessions/refresh', { refreshSecret })
    expect(renewed.body.badgeUrl).toBe(visitor.session.badgeUrl)
    const badge = pathOf(visitor.session).split('/').at(-1)!
    const asBadge = world.caller({ authorization: `Bearer ${badge}` })
    expect((await asBadge.get('/v1/conversations')).status).toBe(401)
    await visitor.delete('/v1/visitor/sessions')
    const ended = await world.caller().get<Problem>(pathOf(visitor.session))
    expect([ended.status, ended.body.code]).toEqual([404, 'not_found'])
  })

  test('a session without our proof is no badge', async () => {
    const { visitor } = await shop()
    const { sid } = await world.tokens.verify(visitor.token)
    const other = pathOf((await shop()).visitor.session).split('.')[1]!
    for (const made of [sid, `${sid}.`, `${sid}.${other}`, `${sid}.${'A'.repeat(22)}`, '.', 'x'.repeat(100)])
      expect((await world.caller().get(`/v1/badges/${made}`)).status, made).toBe(404)
  })
})
