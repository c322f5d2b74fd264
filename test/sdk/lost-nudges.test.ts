import { afterEach, describe, expect, test } from 'vitest'
import { createAgent } from '../../sdk/agent.js'
import { systemClock } from '../../sdk/clock.js'
import { createKeyring } from '../../backend/sessions/keyring.js'
import { deriveKey } from '../../backend/sessions/keys.js'
import { createTokens } from '../../backend/sessions/issue-token.js'
import { WebSocket as NodeSocket } from 'ws'
import { engines } from '../support/database.js'
import { eventually } from '../support/eventually.js'
import { makeWorld, SECRET, type World } from '../support/world.js'
import { anAskingVisitor, answersIn, hastyClock, live, shows } from './asking-visitor.js'
import { keeping, lossySocket, lost, twice } from './lossy-socket.js'

let world: World
afterEach(() => world.close())

describe.each(engines)('nudges that go astray, on %s', (engine) => {
  /** In the time of the world nobody asks on their own within a test: what is shown was heard, or missed and noticed. */
  async function aListener() {
    world = await makeWorld(engine)
    const lossy = lossySocket()
    const visitor = await anAskingVisitor(world, { socket: lossy.socket, clock: systemClock })
    const shown: string[][] = []
    visitor.conversation.thread.subscribe(() => shown.push(answersIn(visitor.conversation)))
    return { ...visitor, ...lossy, shown }
  }

  test('I9 I10 one that was dropped is noticed by the next, and neither is shown before its turn', async () => {
    const { way, chat, conversation, answer, shown } = await aListener()
    const before = way.fate
    way.fate = lost
    await answer('one')
    way.fate = before
    await answer('two')
    await shows(conversation, 'one', 'two')
    expect(shown.filter(([first]) => first === 'two')).toEqual([])
    await chat.close()
  })

  test('I2 one that comes twice is shown once', async () => {
    const { way, chat, conversation, answer, shown } = await aListener()
    way.fate = twice
    for (const body of ['one', 'two']) await answer(body)
    await shows(conversation, 'one', 'two')
    expect(Math.max(...shown.map(({ length }) => length))).toBe(2)
    await chat.close()
  })

  test('I4 those that come in the wrong order are shown in the right one', async () => {
    const { way, chat, conversation, answer, shown } = await aListener()
    const { fate, messages, giveLastFirst } = keeping()
    way.fate = fate
    for (const body of ['one', 'two', 'three']) await answer(body)
    await eventually(() => expect(messages()).toBe(3))
    giveLastFirst()
    await shows(conversation, 'one', 'two', 'three')
    for (const seen of shown) expect(seen).toEqual(['one', 'two', 'three'].slice(0, seen.length))
    await chat.close()
  })

  test('I10 what was committed while a join was refused, for the database could not be asked, is there', async () => {
    world = await makeWorld(engine)
    const { socket, cut } = lossySocket()
    const { chat, conversation, answer, phases } = await anAskingVisitor(world, { socket })
    await world.db.query('alter function realtime.authorize rename to authorize_away')
    phases.length = 0
    cut()
    await eventually(() => expect(phases.length).toBeGreaterThan(0))
    await answer('I am.')
    await shows(conversation, 'I am.')
    expect(phases).not.toContain('live')
    await world.db.query('alter function realtime.authorize_away rename to authorize')
    await live(chat)
    await chat.close()
  })

  test('I10 what was committed after the server closed a channel for good, its token expired, is there', async () => {
    world = await makeWorld(engine)
    const { conversation, inbox, agent: member, chat } = await anAskingVisitor(world)
    const grant = await shortTokens(member.id, inbox.workspaceId)
    const { realtime } = (await world.visitor(inbox.key)).session
    let taken = 0
    const agent = createAgent({
      ...{ url: world.url, clock: hastyClock, WebSocket: NodeSocket as unknown as typeof WebSocket },
      getToken: async () => ({
        ...{ accessToken: taken++ ? member.token : grant, expiresInSeconds: 3_600, realtime },
        agent: { id: member.id, name: 'Ada', email: 'ada@example.com', role: 'agent' },
        workspace: { id: inbox.workspaceId, name: 'A workspace' },
      }),
    })
    const phases: string[] = []
    agent.connection.subscribe(() => phases.push(agent.connection.getSnapshot().phase))
    await agent.connect()
    const desk = agent.conversation(conversation.id!)
    desk.open()
    await live(agent)
    phases.length = 0
    await eventually(() => expect(phases).toContain('reconnecting'))
    await conversation.messages.send({ body: 'Hello?' }).sent
    await shows(desk, 'Hello?')
    await live(agent)
    expect(taken).toBeGreaterThan(1)
    await Promise.all([agent.close(), chat.close()])
  })

  /** An agent's token that was given long ago: a few seconds are left of it. */
  async function shortTokens(sub: string, workspace_id: string) {
    const fourMinutesAgo = () => Date.now() - 296_000
    const tokens = createTokens(createKeyring({ secret: deriveKey(SECRET, 'access tokens') }), fourMinutesAgo)
    const [session] = await world.db.query<{ id: string }>('select id from sign_in.session where user_id = $1', [sub])
    const claims = { kind: 'agent', sub, workspace_id, agent_role: 'agent', sid: session!.id } as const
    return (await tokens.issue(claims)).accessToken
  }
})
