import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ActAnswer,
  type ChatEvent,
  type ConversationDetail,
  type Problem,
  topics,
} from '../../../sdk/protocol/index.js'
import {
  aConversation,
  aDesk,
  aDraft,
  aStart,
  broadcastsOn,
  conversationPath,
  type Desk,
  send,
} from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { makeWorld, type World } from '../../support/world.js'

describe.each(engines)('messages on %s', (engine) => {
  let world: World
  let desk: Desk
  beforeAll(async () => {
    world = await makeWorld(engine)
    // another process listens, so that what is told is stored
    await world.db.query('select realtime.listen_as($1)', [randomUUID()])
    desk = await aDesk(world)
  })
  afterAll(() => world.close())

  const headOf = async (conversationId: string) =>
    (await desk.agent.get<ConversationDetail>(conversationPath(conversationId))).body.head
  const resolvedAgo = (conversationId: string, age: string) =>
    world.db.query('update conversations set resolved_at = now() - $2::text::interval where id = $1', [
      conversationId,
      age,
    ])

  test('a sent message is answered with its event, and everyone is told once', async () => {
    const conversationId = await aConversation(desk.visitor)
    const draft = aDraft({ body: 'Hello' })
    const { status, body, headers } = await send(desk.visitor, conversationId, draft)
    expect(status).toBe(201)
    expect(headers.get('idempotent-replayed')).toBeNull()
    expect(body).toMatchObject({
      conversationId,
      log: 'public',
      seq: 3,
      type: 'message.created',
      actor: { type: 'contact', id: desk.visitor.id },
      idempotencyKey: draft.idempotencyKey,
      data: { message: { seq: 3, messageNo: 2, body: 'Hello', idempotencyKey: draft.idempotencyKey } },
    })
    expect(await broadcastsOn(world, topics.conversation(conversationId))).toEqual(['event 1', 'event 2', 'event 3'])
  })

  test('a repeated message is answered with the first event and written once', async () => {
    const conversationId = await aConversation(desk.visitor)
    const draft = aDraft()
    const first = await send(desk.visitor, conversationId, draft)
    const again = await send(desk.visitor, conversationId, draft)
    expect(again.status).toBe(200)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.body).toEqual(first.body)
    expect((await headOf(conversationId)).seq).toBe(3)
  })

  test('a known key with another body is refused, and nothing is written', async () => {
    const conversationId = await aConversation(desk.visitor)
    const draft = aDraft()
    await send(desk.visitor, conversationId, draft)
    const before = await headOf(conversationId)
    const refused = await send(desk.visitor, conversationId, { ...draft, body: 'Something else' })
    expect(refused).toMatchObject({ status: 409, body: { code: 'idempotency_mismatch' } })
    expect(await headOf(conversationId)).toEqual(before)
    expect(await broadcastsOn(world, topics.conversation(conversationId))).toHaveLength(3)
  })

  test('I2 40 sends at once with one key give one event and one broadcast', async () => {
    const conversationId = await aConversation(desk.visitor)
    const draft = aDraft()
    const answers = await Promise.all(Array.from({ length: 40 }, () => send(desk.visitor, conversationId, draft)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array<number>(39).fill(200), 201])
    for (const { body } of answers) expect(body).toEqual(answers[0]!.body)
    expect(await broadcastsOn(world, topics.conversation(conversationId))).toEqual(['event 1', 'event 2', 'event 3'])
  })

  test('I3 16 writers in one conversation give seq 1 to n without a hole', async () => {
    const conversationId = await aConversation(desk.visitor)
    const answers = await Promise.all(Array.from({ length: 16 }, () => send(desk.visitor, conversationId)))
    expect(answers.map((answer) => answer.body.seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 16 }, (_, place) => place + 3),
    )
  })

  test('the first reply to an unassigned conversation claims it, the second does not', async () => {
    const conversationId = await aConversation(desk.visitor)
    const colleague = await world.agent(desk.inbox.workspaceId, { inboxIds: [desk.inbox.id], name: 'Bob' })
    await send(desk.agent, conversationId)
    expect(await headOf(conversationId)).toMatchObject({ assigneeId: desk.agent.id, assigneeName: 'Ada', seq: 4 })
    await send(colleague, conversationId)
    expect(await headOf(conversationId)).toMatchObject({ assigneeId: desk.agent.id, seq: 5 })
  })

  test("a contact's message reopens a resolved conversation, an agent's does not", async () => {
    const conversationId = await aConversation(desk.visitor)
    await desk.agent.post(conversationPath(conversationId, '/resolve'))
    await send(desk.agent, conversationId)
    expect((await headOf(conversationId)).status).toBe('resolved')
    const { body } = await send(desk.visitor, conversationId)
    expect(body.conversationId).toBe(conversationId)
    expect((await headOf(conversationId)).status).toBe('open')
  })

  test("after the reopening window a contact's message starts a conversation that follows, also when repeated", async () => {
    const conversationId = await aConversation(desk.visitor, aStart({ subject: 'An order' }))
    await desk.agent.post(conversationPath(conversationId, '/resolve'))
    await resolvedAgo(conversationId, '8 days')
    const draft = aDraft({ body: 'And another thing' })
    const first = await send(desk.visitor, conversationId, draft)
    const again = await send(desk.visitor, conversationId, draft)
    expect(first).toMatchObject({ status: 201, body: { seq: 2, data: { message: { body: 'And another thing' } } } })
    expect(first.body.conversationId).not.toBe(conversationId)
    expect(again).toMatchObject({ status: 200, body: first.body })
    expect(await headOf(first.body.conversationId)).toMatchObject({ subject: 'An order', status: 'open', seq: 2 })
    expect(await headOf(conversationId)).toMatchObject({ status: 'resolved' })
    const log = await desk.visitor.get<{ items: ChatEvent[] }>(conversationPath(first.body.conversationId, '/events'))
    expect(log.body.items[0]).toMatchObject({ type: 'conversation.created', data: { followsId: conversationId } })
  })

  test.each([
    ['no body', { body: '' }, 'body'],
    ['white space', { body: ' \n\t\u00a0' }, 'body'],
    ['a NUL', { body: 'a\0b' }, 'body'],
    ['too much', { body: 'x'.repeat(8_001) }, 'body'],
    ['too much in characters of two units', { body: '😀'.repeat(4_001) }, 'body'],
    ['a key that is no UUID', { idempotencyKey: 'mine' }, 'idempotencyKey'],
  ])('%s is refused by field, not echoed, and not written', async (_, part, path) => {
    const conversationId = await aConversation(desk.visitor)
    const refused = await desk.visitor.post<Problem>(conversationPath(conversationId, '/messages'), {
      ...aDraft(),
      ...part,
    })
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path }] } })
    for (const value of Object.values(part)) if (value.trim()) expect(JSON.stringify(refused.body)).not.toContain(value)
    expect((await headOf(conversationId)).seq).toBe(2)
  })

  test('the longest body, of characters of every kind, arrives as it was sent', async () => {
    const conversationId = await aConversation(desk.visitor)
    const body = '🙂'.repeat(3_999) + ' \u0001'
    const { body: event } = await send(desk.visitor, conversationId, aDraft({ body }))
    expect(event.data).toMatchObject({ message: { body } })
  })

  test('a blocked contact is refused in words of their own', async () => {
    const visitor = await world.visitor(desk.inbox.key)
    const conversationId = await aConversation(visitor)
    await world.db.query('update contacts set blocked_at = now() where id = $1', [visitor.id])
    expect(await send(visitor, conversationId)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await visitor.post('/v1/conversations', aStart())).toMatchObject({ status: 403 })
  })
})

describe.each(engines)('starting a conversation on %s', (engine) => {
  let world: World
  let desk: Desk
  beforeAll(async () => {
    world = await makeWorld(engine)
    // another process listens, so that what is told is stored
    await world.db.query('select realtime.listen_as($1)', [randomUUID()])
    desk = await aDesk(world)
  })
  afterAll(() => world.close())

  test('opens and posts at once: two events, head and inbox told', async () => {
    const start = aStart({ subject: 'Order 7' })
    const { status, body } = await desk.visitor.post<ActAnswer>('/v1/conversations', start)
    expect(status).toBe(201)
    expect(Object.keys(body).sort()).toEqual(['events', 'head'])
    expect(body.head).toMatchObject({
      inboxId: desk.inbox.id,
      seq: 2,
      messageNo: 1,
      subject: 'Order 7',
      status: 'open',
    })
    expect(body.events.map((event) => event.type)).toEqual(['conversation.created', 'message.created'])
    expect(await broadcastsOn(world, topics.inbox(desk.inbox.id))).toEqual(['head 2'])
  })

  test('repeated, also at once, it is the same conversation; with another content it is refused', async () => {
    const start = aStart()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => desk.visitor.post<ActAnswer>('/v1/conversations', start)),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array<number>(9).fill(200), 201])
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    const other = await desk.visitor.post<Problem>('/v1/conversations', { ...start, subject: 'Other' })
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_mismatch' } })
  })

  test.each([
    ['a blank subject', { subject: '  ' }, 'subject'],
    ['too long a subject', { subject: 'x'.repeat(201) }, 'subject'],
    ['a NUL in the subject', { subject: '\0' }, 'subject'],
    ['a blank message', { message: aDraft({ body: ' ' }) }, 'message.body'],
    ['no message', { message: undefined }, 'message'],
  ])('%s is refused by field and opens nothing', async (_, part, path) => {
    const visitor = await world.visitor(desk.inbox.key)
    const refused = await visitor.post<Problem>('/v1/conversations', { ...aStart(), ...part })
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path }] } })
    expect(await visitor.get('/v1/conversations')).toMatchObject({ body: { items: [] } })
  })

  test('an agent does not start one', async () => {
    expect(await desk.agent.post('/v1/conversations', aStart())).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    })
  })

  test('the 31st within an hour is refused, and says when to come back', async () => {
    const visitor = await world.visitor(desk.inbox.key)
    const answers = await Promise.all(Array.from({ length: 31 }, () => visitor.post('/v1/conversations', aStart())))
    const refused = answers.filter((answer) => answer.status === 429)
    expect(refused).toHaveLength(1)
    expect(refused[0]!.headers.get('retry-after')).toBe('600')
  })
})
