import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChatEvent, EventPage, Problem } from '../../../sdk/protocol/index.js'
import { aConversation, aDesk, broadcastsOn, conversationPath, type Desk, send } from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { type Caller, makeWorld, type World } from '../../support/world.js'

describe.each(engines)('ratings on %s', (engine) => {
  let world: World
  let desk: Desk
  let conversationId: string
  beforeAll(async () => {
    world = await makeWorld(engine)
  })
  afterAll(() => world.close())

  const resolve = () => desk.agent.post(conversationPath(conversationId, '/resolve'))
  /** A conversation that an agent has answered (unless told not to) and resolved. */
  const begin = async ({ isAnswered = true } = {}) => {
    desk = await aDesk(world)
    conversationId = await aConversation(desk.visitor)
    if (isAnswered) await send(desk.agent, conversationId)
    await resolve()
  }
  const aRating = (rating: object = {}) => ({ idempotencyKey: randomUUID(), score: 5, ...rating })
  const rate = (rating: object = aRating(), who: Caller = desk.visitor) =>
    who.post<ChatEvent & Problem>(conversationPath(conversationId, '/rating'), rating)
  const rows = () =>
    world.db.query(
      'select score, comment, agent_id, contact_id from ratings where conversation_id = $1 order by resolved_seq',
      [conversationId],
    )
  const ratedEvents = async () =>
    (await desk.agent.get<EventPage>(conversationPath(conversationId, '/events'))).body.items.filter(
      ({ type }) => type === 'conversation.rated',
    )

  test('a resolved conversation is rated by its contact, and stands with whom it is about', async () => {
    await begin()
    const { status, body } = await rate(aRating({ score: 4, comment: 'Quick!' }))
    expect(status).toBe(201)
    const data = { score: 4, comment: 'Quick!', agentId: desk.agent.id, agentName: 'Ada' }
    expect(body).toMatchObject({ type: 'conversation.rated', log: 'public', actor: { id: desk.visitor.id }, data })
    const row = { score: 4, comment: 'Quick!', agent_id: desk.agent.id, contact_id: desk.visitor.id }
    expect(await rows()).toEqual([row])
    expect(await ratedEvents()).toEqual([body])
    const told = await broadcastsOn(world, `conversation:${conversationId}`)
    expect(told.filter((sent) => sent === `event ${body.seq}`)).toHaveLength(1)
  })

  test('the last who wrote is whom it is about, not who resolved; nobody where nobody wrote', async () => {
    await begin()
    const other = await world.agent(desk.inbox.workspaceId, { inboxIds: [desk.inbox.id], name: 'Grace' })
    await send(other, conversationId)
    expect((await rate()).body.data).toMatchObject({ agentId: other.id, agentName: 'Grace' })
    await begin({ isAnswered: false })
    expect((await rate()).body.data).toEqual({ score: 5, comment: '', agentId: null, agentName: null })
  })

  test('I2 a rating that is sent again counts once; another under its key is refused', async () => {
    await begin()
    const rating = aRating()
    const first = await rate(rating)
    const again = await rate(rating)
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true'])
    expect(again.body).toEqual(first.body)
    expect(await rate({ ...rating, score: 1 })).toMatchObject({ status: 409, body: { code: 'idempotency_mismatch' } })
    expect(await rows()).toHaveLength(1)
    expect(await ratedEvents()).toHaveLength(1)
  })

  test('a second rating replaces the first; the next resolution has one of its own', async () => {
    await begin()
    await rate(aRating({ score: 1, comment: 'Slow' }))
    await rate(aRating({ score: 3 }))
    expect(await rows()).toMatchObject([{ score: 3, comment: '' }])
    await send(desk.visitor, conversationId)
    await resolve()
    await rate(aRating({ score: 5 }))
    expect(await rows()).toMatchObject([{ score: 3 }, { score: 5 }])
  })

  test('what is open is not rated, nor what was resolved more than 72 hours ago', async () => {
    await begin()
    const resolvedAgo = (ago: string) =>
      world.db.query('update conversations set resolved_at = now() - $2::interval where id = $1', [conversationId, ago])
    await resolvedAgo('71 hours 59 minutes')
    expect((await rate()).status).toBe(201)
    await resolvedAgo('72 hours 1 minute')
    expect(await rate()).toMatchObject({ status: 410, body: { code: 'gone' } })
    await desk.agent.post(conversationPath(conversationId, '/reopen'))
    expect(await rate()).toMatchObject({ status: 409, body: { code: 'stale_version' } })
    expect(await ratedEvents()).toHaveLength(1)
  })

  test('I14 nobody but its contact rates a conversation, and a blocked one does not', async () => {
    await begin()
    const stranger = await world.visitor(desk.inbox.key)
    expect(await rate(aRating(), stranger)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await rate(aRating(), desk.agent)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await rate(aRating(), world.caller())).toMatchObject({ status: 401, body: { code: 'token_missing' } })
    await world.db.query('update contacts set blocked_at = now() where id = $1', [desk.visitor.id])
    expect(await rate()).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await rows()).toEqual([])
  })

  test.each([
    ['no star', { score: 0 }],
    ['six stars', { score: 6 }],
    ['half a star', { score: 2.5 }],
    ['no score', { score: undefined }],
    ['no key', { idempotencyKey: undefined }],
    ['too long a comment', { comment: 'x'.repeat(1_001) }],
    ['a NUL', { comment: 'a\0' }],
  ])('%s is refused by field, and nothing is written', async (_, wrong) => {
    await begin()
    const path = Object.keys(wrong)[0]
    expect(await rate(aRating(wrong))).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path }] },
    })
    expect(await rows()).toEqual([])
  })
})
