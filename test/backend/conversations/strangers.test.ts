import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MessagePage, paths } from '../../../sdk/protocol/index.js'
import { aConversation, aDesk, aDraft, conversationPath, type Desk, send, sync } from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { type Answer, type Caller, makeWorld, type World } from '../../support/world.js'

/** What each route with an id in its path is sent; a route that is not here fails the first test. */
const bodies: Record<string, unknown> = {
  [`GET ${paths.conversation}`]: undefined,
  [`GET ${paths.events}`]: undefined,
  [`GET ${paths.messages}`]: undefined,
  [`POST ${paths.messages}`]: aDraft(),
  [`PATCH ${paths.message}`]: { idempotencyKey: randomUUID(), body: 'changed' },
  [`DELETE ${paths.message}?idempotencyKey=${randomUUID()}`]: undefined,
  [`PUT ${paths.reactions}`]: { idempotencyKey: randomUUID(), emojis: ['👍'] },
  [`PUT ${paths.receipt}`]: { deliveredSeq: 1, readSeq: 1 },
  [`POST ${paths.assignment}`]: { assigneeId: null },
  [`POST ${paths.resolve}`]: undefined,
  [`POST ${paths.reopen}`]: undefined,
  [`POST ${paths.rating}`]: { idempotencyKey: randomUUID(), score: 1 },
  [`GET ${paths.contact}`]: undefined,
  [`GET ${paths.pages}`]: undefined,
  [`PATCH ${paths.inbox}`]: { name: 'Mine now' },
  [`GET ${paths.inboxSecret}`]: undefined,
}
const ofAdmins = [`PATCH ${paths.inbox}`, `GET ${paths.inboxSecret}`]
const ofAgents = [
  ...ofAdmins,
  `POST ${paths.assignment}`,
  `POST ${paths.resolve}`,
  `POST ${paths.reopen}`,
  `GET ${paths.contact}`,
  `GET ${paths.pages}`,
]
const ofContacts = [`POST ${paths.rating}`]

describe.each(engines)('what belongs to others on %s', (engine) => {
  let world: World
  let desk: Desk
  let conversationId: string
  let messageId: string
  let strangers: Record<string, Caller>
  beforeAll(async () => {
    world = await makeWorld(engine)
    desk = await aDesk(world)
    conversationId = await aConversation(desk.visitor)
    const { body } = await desk.visitor.get<MessagePage>(`${conversationPath(conversationId)}/messages`)
    messageId = body.items[0]!.id
    const elsewhere = await aDesk(world)
    strangers = {
      'a visitor of another workspace': elsewhere.visitor,
      'another visitor of this inbox': await world.visitor(desk.inbox.key),
      'an owner of another workspace': await world.agent(elsewhere.inbox.workspaceId, { role: 'owner' }),
      'an agent of this workspace outside the inbox': await world.agent(desk.inbox.workspaceId),
    }
  })
  afterAll(() => world.close())

  const call = (who: Caller, route: string): Promise<Answer<unknown>> => {
    const [method, path] = route.split(' ') as [string, string]
    const at = path
      .replace(':conversationId', conversationId)
      .replace(':messageId', messageId)
      .replace(':inboxId', desk.inbox.id)
    return who[method.toLowerCase() as 'get' | 'post'](at, bodies[route])
  }

  test('every route with an id in its path is in the table', () => {
    const routes = world.backend.app.routes.map(({ method, path }) => `${method} ${path}`)
    const withId = new Set(routes.filter((route) => /^(?!ALL).*:(conversationId|inboxId)\b/.test(route)))
    const inTable = Object.keys(bodies).map((route) => route.replace(/\?.*/, ''))
    expect([...withId].sort()).toEqual(inTable.sort())
  })

  test.each(Object.keys(bodies))('I14 %s changes and tells nothing to a stranger', async (route) => {
    const before = await world.db.query('select * from conversation_heads where conversation_id = $1', [conversationId])
    for (const [who, caller] of Object.entries(strangers)) {
      const answer = await call(caller, route)
      const isBelow = ofAdmins.includes(route) && who.startsWith('an agent')
      const isOther = (who.includes('visitor') ? ofAgents : ofContacts).includes(route)
      const isForbidden = isBelow || isOther
      expect([who, answer.status]).toEqual([who, isForbidden ? 403 : 404])
      expect(JSON.stringify(answer.body)).not.toContain(conversationId)
    }
    expect(
      await world.db.query('select * from conversation_heads where conversation_id = $1', [conversationId]),
    ).toEqual(before)
  })

  test.each(Object.keys(bodies))('%s is not answered without a token', async (route) => {
    expect(await call(world.caller(), route)).toMatchObject({ status: 401, body: { code: 'token_missing' } })
  })

  test('sync leaves out what the asker may not see', async () => {
    const open = [{ conversationId, epoch: '', seq: 0 }]
    expect((await sync(desk.visitor, { open })).open).toHaveLength(1)
    for (const caller of Object.values(strangers))
      expect(await sync(caller, { open })).toMatchObject({ heads: [], open: [] })
  })

  test('an agent who leaves the inbox is out at once', async () => {
    const leaver = await world.agent(desk.inbox.workspaceId, { inboxIds: [desk.inbox.id] })
    expect((await leaver.get(conversationPath(conversationId))).status).toBe(200)
    await world.db.query('delete from inbox_agents where agent_id = $1', [leaver.id])
    expect((await leaver.get(conversationPath(conversationId))).status).toBe(404)
    expect((await send(leaver, conversationId)).status).toBe(404)
  })
})
