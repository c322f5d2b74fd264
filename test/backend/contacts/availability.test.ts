import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Availability } from '../../../sdk/protocol/index.js'
import { aDesk, type Desk } from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { makeWorld, type World, type WorldAgent } from '../../support/world.js'

describe.each(engines)('availability on %s', (engine) => {
  let world: World
  let desk: Desk
  beforeAll(async () => {
    world = await makeWorld(engine)
  })
  afterAll(() => world.close())

  const beat = (who: WorldAgent, state: 'online' | 'away' = 'online') =>
    who.put('/v1/presence', { state, conversationIds: [] })
  const colleague = (name: string) => world.agent(desk.inbox.workspaceId, { name, inboxIds: [desk.inbox.id] })
  const seen = async () => (await desk.visitor.get<Availability>('/v1/availability')).body

  test('a visitor is told by name who of the inbox is there, before they have written', async () => {
    desk = await aDesk(world)
    expect(await seen()).toEqual({ state: 'offline', names: [] })
    await beat(desk.agent, 'away')
    expect(await seen()).toEqual({ state: 'away', names: ['Ada'] })
    await beat(await colleague('Grace'))
    expect(await seen()).toEqual({ state: 'online', names: ['Grace'] })
    await beat(desk.agent)
    expect(await seen()).toEqual({ state: 'online', names: ['Ada', 'Grace'] })
  })

  test('five names are enough, and one name is said once', async () => {
    desk = await aDesk(world)
    for (const name of ['A', 'B', 'C', 'D', 'E', 'F', 'F']) await beat(await colleague(name))
    expect((await seen()).names).toEqual(['F', 'E', 'D', 'C', 'B'])
  })

  test('I14 who does not see the inbox does not count, nor who is of another workspace', async () => {
    desk = await aDesk(world)
    await beat(await world.agent(desk.inbox.workspaceId))
    await beat((await aDesk(world)).agent)
    expect(await seen()).toEqual({ state: 'offline', names: [] })
    await beat(await world.agent(desk.inbox.workspaceId, { role: 'supervisor', name: 'Eve' }))
    expect(await seen()).toEqual({ state: 'online', names: ['Eve'] })
  })

  test('an agent asks in vain, for visitors alone are told', async () => {
    desk = await aDesk(world)
    expect(await desk.agent.get('/v1/availability')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await world.caller().get('/v1/availability')).toMatchObject({ status: 401 })
  })
})
