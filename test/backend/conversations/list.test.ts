import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConversationPage, ConversationView, Problem } from '../../../sdk/protocol/index.js'
import { aConversation, aDesk, conversationPath, type Desk, send, settledCursor, sync } from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { type Caller, makeWorld, type World } from '../../support/world.js'

const LIST = '/v1/conversations'

describe.each(engines)('lists of conversations on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld(engine)
  })
  afterAll(() => world.close())

  const list = async (asker: Caller, search = '') => (await asker.get<ConversationPage>(LIST + search)).body
  const idsOf = (page: ConversationPage) => page.items.map((head) => head.conversationId)
  const pages = async (asker: Caller, search: string) => {
    const found = [await list(asker, search)]
    while (found.at(-1)!.nextCursor)
      found.push(await list(asker, `${search}&cursor=${encodeURIComponent(found.at(-1)!.nextCursor!)}`))
    return found
  }
  const several = async ({ visitor }: Desk, count: number) => {
    const ids: string[] = []
    for (let number = 0; number < count; number++) ids.push(await aConversation(visitor))
    return ids
  }

  test('the newest activity comes first', async () => {
    const desk = await aDesk(world)
    const [first, second, third] = await several(desk, 3)
    await send(desk.visitor, first!)
    const newestFirst = [first, third, second]
    expect(idsOf(await list(desk.agent))).toEqual(newestFirst)
    expect(idsOf(await list(desk.visitor))).toEqual(newestFirst)
  })

  test('each view shows an agent what belongs in it, and nothing else', async () => {
    const desk = await aDesk(world)
    const colleague = await world.agent(desk.inbox.workspaceId, { inboxIds: [desk.inbox.id] })
    const [waiting, mine, hers, done] = (await several(desk, 4)) as [string, string, string, string]
    await send(desk.agent, mine)
    await send(colleague, hers)
    await desk.agent.post(conversationPath(done, '/resolve'))
    const shown = async (view: ConversationView) => idsOf(await list(desk.agent, `?view=${view}`)).sort()
    expect(await shown('open')).toEqual([waiting, mine, hers].sort())
    expect(await shown('mine')).toEqual([mine])
    expect(await shown('unassigned')).toEqual([waiting])
    expect(await shown('resolved')).toEqual([done])
    expect(await shown('all')).toEqual([waiting, mine, hers, done].sort())
  })

  test('a visitor has their own only, and no view of agents', async () => {
    const desk = await aDesk(world)
    const other = await world.visitor(desk.inbox.key)
    const [open, done] = (await several(desk, 2)) as [string, string]
    await aConversation(other)
    await desk.agent.post(conversationPath(done, '/resolve'))
    expect(idsOf(await list(desk.visitor)).sort()).toEqual([open, done].sort())
    expect(idsOf(await list(desk.visitor, '?view=open'))).toEqual([open])
    expect(idsOf(await list(desk.visitor, '?view=resolved'))).toEqual([done])
    for (const view of ['mine', 'unassigned'])
      expect(await desk.visitor.get(`${LIST}?view=${view}`)).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      })
  })

  test('an agent sees the inboxes they are a member of, a supervisor those of the workspace, a stranger none', async () => {
    const desk = await aDesk(world)
    const otherInbox = await world.inbox({ workspaceId: desk.inbox.workspaceId })
    const [here] = await several(desk, 1)
    const there = await aConversation(await world.visitor(otherInbox.key))
    const supervisor = await world.agent(desk.inbox.workspaceId, { role: 'supervisor' })
    const stranger = await aDesk(world)
    expect(idsOf(await list(desk.agent))).toEqual([here])
    expect(idsOf(await list(supervisor)).sort()).toEqual([here, there].sort())
    expect(idsOf(await list(supervisor, `?inboxId=${otherInbox.id}`))).toEqual([there])
    expect(idsOf(await list(stranger.agent))).toEqual([])
    expect(await desk.agent.get(`${LIST}?inboxId=${otherInbox.id}`)).toMatchObject({ status: 404 })
    expect(await stranger.visitor.get(`${LIST}?inboxId=${desk.inbox.id}`)).toMatchObject({ status: 404 })
  })

  test.each(['open', 'resolved', 'all'])('page by page the view %s shows every conversation once', async (view) => {
    const desk = await aDesk(world)
    const second = await world.inbox({ workspaceId: desk.inbox.workspaceId })
    const admin = await world.agent(desk.inbox.workspaceId, { role: 'admin' })
    const ids = [
      ...(await several(desk, 4)),
      ...(await several({ ...desk, visitor: await world.visitor(second.key) }, 3)),
    ]
    if (view === 'resolved') {
      for (const id of ids) await admin.post(conversationPath(id, '/resolve'))
      await world.db.query('update conversations set resolved_at = date_trunc($2, resolved_at) where id = any ($1)', [
        ids,
        'minute',
      ])
    }
    for (const asker of [admin, desk.visitor]) {
      const whole = idsOf(await list(asker, `?view=${view}`))
      const found = await pages(asker, `?view=${view}&limit=2`)
      expect(whole).toHaveLength(asker === admin ? 7 : 4)
      expect(found.flatMap(idsOf)).toEqual(whole)
      expect(found.every((page) => page.items.length <= 2)).toBe(true)
    }
  })

  test('a page brings the own marks in it, and no one else’s', async () => {
    const desk = await aDesk(world)
    const [conversationId] = await several(desk, 1)
    await send(desk.agent, conversationId!)
    const unread = ({ items, receipts }: ConversationPage) => items[0]!.messageNo - (receipts[0]?.readMessageNo ?? 0)
    const visitors = await list(desk.visitor)
    expect(visitors.receipts.map((receipt) => receipt.actor)).toEqual([{ type: 'contact', id: desk.visitor.id }])
    expect(unread(visitors)).toBe(1)
    await desk.visitor.put(conversationPath(conversationId!, '/receipt'), { deliveredSeq: 3, readSeq: 3 })
    expect(unread(await list(desk.visitor))).toBe(0)
    expect(unread(await list(desk.agent))).toBe(0)
    await send(desk.visitor, conversationId!)
    expect(unread(await list(desk.agent))).toBe(1)
  })

  test('a sync from the page tells what changed after it, and nothing before', async () => {
    const desk = await aDesk(world)
    const [changed] = await several(desk, 2)
    await settledCursor(desk.agent)
    const { syncCursor } = await list(desk.agent)
    expect(await sync(desk.agent, { cursor: syncCursor })).toMatchObject({ reset: false, heads: [] })
    await send(desk.visitor, changed!)
    const { reset, heads } = await sync(desk.agent, { cursor: syncCursor })
    expect([reset, heads.map((head) => head.conversationId)]).toEqual([false, [changed]])
  })

  test.each([
    ['?view=closed', 'view'],
    ['?inboxId=mine', 'inboxId'],
    ['?limit=500', 'limit'],
    ['?cursor=next', 'cursor'],
    ["?cursor=1'~2", 'cursor'],
    ['?view=resolved&cursor=00000000-0000-7000-8000-000000000000~00000000-0000-7000-8000-000000000000', 'cursor'],
    ['?cursor=1700000000000000~00000000-0000-7000-8000-000000000000', 'cursor'],
  ])('%s is refused by field', async (search, path) => {
    const { agent } = await aDesk(world)
    expect(await agent.get<Problem>(LIST + search)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path }] },
    })
  })
})
