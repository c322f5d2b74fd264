import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ActAnswer,
  type ConversationDetail,
  type EventPage,
  type Problem,
  type Receipt,
  topics,
} from '../../../sdk/protocol/index.js'
import { aConversation, aDesk, broadcastsOn, conversationPath, type Desk, send } from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { makeWorld, type World } from '../../support/world.js'

describe.each(engines)('a conversation on %s', (engine) => {
  let world: World
  let desk: Desk
  beforeAll(async () => {
    world = await makeWorld(engine)
    desk = await aDesk(world)
  })
  afterAll(() => world.close())

  const act = (who: Desk['agent'], conversationId: string, name: string, body?: unknown) =>
    who.post<ActAnswer & Problem>(conversationPath(conversationId, `/${name}`), body)
  const detail = async (conversationId: string) =>
    (await desk.visitor.get<ConversationDetail>(conversationPath(conversationId))).body
  const typesOf = ({ body }: { body: ActAnswer }) => body.events.map((event) => event.type)

  test('is read with its head and the marks of both sides', async () => {
    const conversationId = await aConversation(desk.visitor)
    await send(desk.agent, conversationId)
    const { head, receipts } = await detail(conversationId)
    expect(head).toMatchObject({ conversationId, seq: 4, messageNo: 2, assigneeName: 'Ada' })
    expect(receipts.map((receipt) => receipt.actor.id).sort()).toEqual([desk.agent.id, desk.visitor.id].sort())
  })

  test('its log comes page by page, without a hole, with its head', async () => {
    const conversationId = await aConversation(desk.visitor)
    for (let count = 0; count < 3; count++) await send(desk.visitor, conversationId)
    const page = async (after: number) =>
      (await desk.visitor.get<EventPage>(conversationPath(conversationId, `/events?limit=2&after=${after}`))).body
    const pages = [await page(0), await page(2), await page(4)]
    expect(pages.map((one) => one.items.map((event) => event.seq))).toEqual([[1, 2], [3, 4], [5]])
    expect(pages.map((one) => one.hasMore)).toEqual([true, true, false])
    expect(pages.map((one) => one.head)).toEqual([5, 5, 5])
    expect(await page(9)).toMatchObject({ items: [], hasMore: false, head: 5 })
  })

  test('taken, released and taken again: each once in the log, nothing when nothing changes', async () => {
    const conversationId = await aConversation(desk.visitor)
    const take = () => act(desk.agent, conversationId, 'assignment', { assigneeId: desk.agent.id })
    const taken = await take()
    expect(taken).toMatchObject({
      status: 200,
      body: { head: { assigneeId: desk.agent.id, routingState: 'assigned' } },
    })
    expect(typesOf(taken)).toEqual(['conversation.assigned'])
    expect(typesOf(await take())).toEqual([])
    const released = await act(desk.agent, conversationId, 'assignment', { assigneeId: null })
    expect(released.body.head).toMatchObject({ assigneeId: null, routingState: 'unassigned' })
    expect(typesOf(released)).toEqual(['conversation.unassigned'])
    expect(await broadcastsOn(world, topics.conversation(conversationId))).toEqual(
      [1, 2, 3, 4].map((seq) => `event ${seq}`),
    )
  })

  test('an agent takes it from nobody and gives it to nobody; a supervisor does both', async () => {
    const conversationId = await aConversation(desk.visitor)
    const { workspaceId, id } = desk.inbox
    const colleague = await world.agent(workspaceId, { inboxIds: [id] })
    const supervisor = await world.agent(workspaceId, { role: 'supervisor' })
    const outsider = await world.agent(workspaceId)
    const give = (who: Desk['agent'], assigneeId: string) => act(who, conversationId, 'assignment', { assigneeId })
    expect(await give(desk.agent, colleague.id)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await give(supervisor, colleague.id)).body.head.assigneeId).toBe(colleague.id)
    expect(await give(desk.agent, desk.agent.id)).toMatchObject({ status: 409, body: { code: 'already_assigned' } })
    expect(await give(supervisor, outsider.id)).toMatchObject({ status: 404 })
    expect((await give(supervisor, desk.agent.id)).body.head.assigneeId).toBe(desk.agent.id)
  })

  test('of ten agents who take it at once one has it, and the others are told', async () => {
    const conversationId = await aConversation(desk.visitor)
    const { workspaceId, id } = desk.inbox
    const agents = await Promise.all(Array.from({ length: 10 }, () => world.agent(workspaceId, { inboxIds: [id] })))
    const answers = await Promise.all(
      agents.map((agent) => act(agent, conversationId, 'assignment', { assigneeId: agent.id })),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array<number>(9).fill(409)])
  })

  test('resolved and reopened: the visitor sees it, a repetition writes nothing', async () => {
    const conversationId = await aConversation(desk.visitor)
    expect(typesOf(await act(desk.agent, conversationId, 'resolve'))).toEqual(['conversation.status_changed'])
    expect((await detail(conversationId)).head.status).toBe('resolved')
    expect(typesOf(await act(desk.agent, conversationId, 'resolve'))).toEqual([])
    expect(typesOf(await act(desk.agent, conversationId, 'reopen'))).toEqual(['conversation.status_changed'])
    expect((await detail(conversationId)).head).toMatchObject({ status: 'open', seq: 4 })
  })

  test.each([
    ['assignment', { assigneeId: null }],
    ['resolve', undefined],
    ['reopen', undefined],
  ])('a visitor may not %s, not even their own', async (name, body) => {
    const conversationId = await aConversation(desk.visitor)
    const refused = await desk.visitor.post(conversationPath(conversationId, `/${name}`), body)
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await detail(conversationId)).head.seq).toBe(2)
  })

  test('marks move forward, no further than the head, and are told once', async () => {
    const conversationId = await aConversation(desk.visitor)
    const mark = async (deliveredSeq: number, readSeq: number) =>
      (await desk.agent.put<Receipt>(conversationPath(conversationId, '/receipt'), { deliveredSeq, readSeq })).body
    expect(await mark(1, 0)).toMatchObject({ deliveredSeq: 1, readSeq: 0, readMessageNo: 0 })
    expect(await mark(0, 2)).toMatchObject({ deliveredSeq: 2, readSeq: 2, readMessageNo: 1 })
    expect(await mark(1, 1)).toMatchObject({ deliveredSeq: 2, readSeq: 2 })
    expect(await mark(99, 99)).toMatchObject({ deliveredSeq: 2, readSeq: 2 })
    const told = await broadcastsOn(world, topics.conversation(conversationId))
    expect(told.filter((one) => one.startsWith('receipt'))).toHaveLength(2)
  })

  test.each([
    ['put', '/receipt', { deliveredSeq: -1, readSeq: 0 }, 'deliveredSeq'],
    ['put', '/receipt', { deliveredSeq: 1 }, 'readSeq'],
    ['put', '/receipt', { deliveredSeq: 1, readSeq: 1e300 }, 'readSeq'],
    ['post', '/assignment', {}, 'assigneeId'],
    ['post', '/assignment', { assigneeId: 'me' }, 'assigneeId'],
  ] as const)('%s %s with %j is refused by field', async (method, rest, body, path) => {
    const conversationId = await aConversation(desk.visitor)
    expect(await desk.agent[method](conversationPath(conversationId, rest), body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path }] },
    })
  })

  test('one that is not there is not found; an id that is none is refused by field', async () => {
    expect(await desk.agent.get(conversationPath(randomUUID()))).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
    expect(await desk.agent.get(conversationPath('mine'))).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: 'conversationId' }] },
    })
  })
})
