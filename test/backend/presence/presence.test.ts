import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAX_PRESENCE_CONVERSATIONS, type PresenceAnswer, type PresenceState } from '../../../sdk/protocol/index.js'
import { aConversation, aDesk, conversationPath, type Desk } from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { type Caller, makeWorld, type World } from '../../support/world.js'

describe.each(engines)('presence on %s', (engine) => {
  let world: World
  let desk: Desk
  let conversationId: string
  beforeAll(async () => {
    world = await makeWorld(engine)
  })
  afterAll(() => world.close())

  const put = (who: Caller, body: unknown) => who.put<PresenceAnswer>('/v1/presence', body)
  /** Says that this one is there, and tells whom they are told of. */
  const beat = async (who: Caller, state: PresenceState = 'online', conversationIds = [conversationId]) => {
    const { status, body } = await put(who, { state, conversationIds })
    expect(status).toBe(200)
    return body
  }
  const person = async (who: Caller) => (await beat(who)).people[0]
  /** As if this much time had passed since this one was last heard of. */
  const pass = (id: string, seconds: number) =>
    world.db.query(
      `update presences set seen_at = seen_at - $2::interval, heard_at = heard_at - $2::interval where actor_id = $1`,
      [id, `${seconds} seconds`],
    )
  const begin = async () => {
    desk = await aDesk(world)
    conversationId = await aConversation(desk.visitor)
  }
  const assign = (assigneeId: string | null) =>
    desk.agent.post(conversationPath(conversationId, '/assignment'), { assigneeId })

  test('an agent is told of the contact: online, away, and since when not', async () => {
    await begin()
    expect(await person(desk.agent)).toEqual({ conversationId, name: '', state: 'offline', lastSeenAt: null })
    const { serverTime } = await beat(desk.visitor)
    expect(await person(desk.agent)).toMatchObject({ state: 'online', lastSeenAt: null })
    await pass(desk.visitor.id, 60)
    const since = new Date(Date.parse(serverTime) - 60_000).toISOString()
    expect(await person(desk.agent)).toMatchObject({ state: 'away', lastSeenAt: since })
  })

  test('who is heard of no more is away after 45 s and gone a minute later, with nobody ending anything', async () => {
    await begin()
    await beat(desk.visitor)
    const seen: unknown[] = []
    for (const seconds of [40, 10, 50, 10]) {
      await pass(desk.visitor.id, seconds)
      seen.push((await person(desk.agent))?.state)
    }
    expect(seen).toEqual(['online', 'away', 'away', 'offline'])
    expect(Date.parse((await person(desk.agent))!.lastSeenAt!)).toBeLessThan(Date.now() - 100_000)
  })

  test('a tab out of sight says away, and takes nothing from one in sight', async () => {
    await begin()
    await beat(desk.visitor, 'away')
    expect(await person(desk.agent)).toMatchObject({ state: 'away', lastSeenAt: null })
    await beat(desk.visitor)
    await beat(desk.visitor, 'away')
    expect(await person(desk.agent)).toMatchObject({ state: 'online' })
    await pass(desk.visitor.id, 50)
    await beat(desk.visitor, 'away')
    expect(await person(desk.agent)).toMatchObject({ state: 'away' })
  })

  test('a visitor is told who answers them and whether that one is there, and no more', async () => {
    await begin()
    await assign(desk.agent.id)
    expect(await person(desk.visitor)).toEqual({ conversationId, name: 'Ada', state: 'offline', lastSeenAt: null })
    await beat(desk.agent)
    const answer = await beat(desk.visitor)
    expect(answer.people).toEqual([{ conversationId, name: 'Ada', state: 'online', lastSeenAt: null }])
    expect(JSON.stringify(answer)).not.toMatch(new RegExp(`${desk.agent.id}|@`))
  })

  test('a visitor whom nobody answers yet is told whether anyone could, not who', async () => {
    await begin()
    const outsider = await world.agent(desk.inbox.workspaceId)
    await beat(outsider)
    expect(await person(desk.visitor)).toEqual({ conversationId, name: null, state: 'offline', lastSeenAt: null })
    await beat(desk.agent, 'away')
    expect(await person(desk.visitor)).toMatchObject({ name: null, state: 'offline' })
    await beat(desk.agent)
    expect(await person(desk.visitor)).toEqual({ conversationId, name: null, state: 'online', lastSeenAt: null })
    await assign(desk.agent.id)
    await assign(null)
    expect(await person(desk.visitor)).toMatchObject({ name: null, state: 'online' })
  })

  test('I14 nobody is told of a conversation that they may not see, and theirs is answered all the same', async () => {
    await begin()
    await beat(desk.visitor)
    const elsewhere = await aDesk(world)
    const own = await aConversation(elsewhere.visitor)
    const strangers = {
      'a visitor of another workspace': elsewhere.visitor,
      'another visitor of this inbox': await world.visitor(desk.inbox.key),
      'an owner of another workspace': await world.agent(elsewhere.inbox.workspaceId, { role: 'owner' }),
      'an agent of this workspace outside the inbox': await world.agent(desk.inbox.workspaceId),
    }
    for (const [who, stranger] of Object.entries(strangers))
      expect([who, (await beat(stranger)).people]).toEqual([who, []])
    const { people } = await beat(elsewhere.visitor, 'online', [conversationId, own])
    expect(people.map((one) => one.conversationId)).toEqual([own])
  })

  test('an agent who leaves the inbox is told nothing more, and no longer counts for it', async () => {
    await begin()
    await beat(desk.agent)
    await world.db.query('delete from inbox_agents where agent_id = $1', [desk.agent.id])
    expect((await beat(desk.agent)).people).toEqual([])
    expect(await person(desk.visitor)).toMatchObject({ state: 'offline' })
  })

  test('nonsense is refused and notes nothing; without a token nobody is answered', async () => {
    await begin()
    const tooMany = Array<string>(MAX_PRESENCE_CONVERSATIONS + 1).fill(conversationId)
    const nonsense = [
      {},
      { state: 'offline', conversationIds: [] },
      { state: 'online' },
      { state: 'online', conversationIds: ['c1'] },
      { state: 'online', conversationIds: tooMany },
    ]
    for (const body of nonsense)
      expect(await put(desk.visitor, body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect(await world.db.query('select 1 from presences where actor_id = $1', [desk.visitor.id])).toEqual([])
    expect(await put(world.caller(), {})).toMatchObject({ status: 401, body: { code: 'token_missing' } })
  })

  test('one person is one row, however often and from how many tabs they say it', async () => {
    await begin()
    const before = await world.db.query('select 1 from presences')
    await Promise.all(Array.from({ length: 5 }, () => beat(desk.visitor)))
    expect(await world.db.query('select 1 from presences')).toHaveLength(before.length + 1)
  })
})

test('a client that asks far more often than it should is told to wait', async () => {
  const world = await makeWorld('pglite', { rates: undefined })
  const { visitor } = await aDesk(world)
  const beats = Array.from({ length: 30 }, () => visitor.put('/v1/presence', { state: 'online', conversationIds: [] }))
  const statuses = new Set((await Promise.all(beats)).map(({ status }) => status))
  expect([...statuses].sort()).toEqual([200, 429])
  await world.close()
})
