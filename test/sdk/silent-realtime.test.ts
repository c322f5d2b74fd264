import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket as NodeSocket } from 'ws'
import type { Clock } from '../../sdk/clock.js'
import { systemClock } from '../../sdk/clock.js'
import { type Conversation, createChat } from '../../sdk/index.js'
import { conversationPath } from '../support/builders.js'
import { engines } from '../support/database.js'
import { eventually } from '../support/eventually.js'
import { makeWorld, type World } from '../support/world.js'

/** The SDK's minutes pass in seconds; its socket keeps the time of the world. */
const HASTE = 20
const startedAt = systemClock.now()
const fastClock: Clock = {
  now: () => startedAt + (systemClock.now() - startedAt) * HASTE,
  sleep: (ms, signal) => systemClock.sleep(ms / HASTE, signal),
}

/** Joins, beats and stays open, and never gives a broadcast. */
class DeafSocket extends NodeSocket {
  override emit(event: string | symbol, ...args: unknown[]) {
    const isBroadcast = event === 'message' && (args[1] === true || String(args[0]).includes('"broadcast"'))
    return isBroadcast || super.emit(event, ...args)
  }
}

describe.each(engines)('live, and silent, on %s', (engine) => {
  let world: World
  beforeEach(async () => {
    world = await makeWorld(engine)
  })
  afterEach(() => world.close())

  async function aVisitor(socket: typeof NodeSocket) {
    const inbox = await world.inbox()
    const kept = new Map<string, string>()
    const chat = createChat({
      ...{ url: world.url, inboxKey: inbox.key, clock: fastClock },
      WebSocket: socket as unknown as typeof WebSocket,
      storage: { get: (key) => kept.get(key) ?? null, set: (key, value) => void kept.set(key, value), remove() {} },
    })
    await chat.connect()
    const conversation = chat.newConversation()
    conversation.open()
    await conversation.messages.send({ body: 'Is anybody there?' }).sent
    await eventually(() => expect(chat.connection.getSnapshot().phase).toBe('live'))
    const agent = await world.agent(inbox.workspaceId, { inboxIds: [inbox.id] })
    const answer = (body: string) =>
      agent.post(conversationPath(conversation.id!, '/messages'), { idempotencyKey: crypto.randomUUID(), body })
    return { chat, conversation, answer }
  }
  const shows = (conversation: Conversation, body: string) =>
    eventually(() => {
      const { items } = conversation.thread.getSnapshot()
      expect(items.map((item) => (item.kind === 'message' ? item.message.body : ''))).toContain(body)
    })

  test('I10 what the database could not tell of is committed, and asked for in time', async () => {
    const { chat, conversation, answer } = await aVisitor(NodeSocket)
    // as a missing partition would: realtime.send warns, and its caller goes on
    await world.db.query('alter table realtime.messages add constraint full_disk check (false) not valid')
    expect((await answer('I am.')).status).toBe(201)
    await shows(conversation, 'I am.')
    expect(chat.connection.getSnapshot().phase).toBe('live')
    await chat.close()
  })

  test('I10 what a green socket never gave is asked for in time', async () => {
    const { chat, conversation, answer } = await aVisitor(DeafSocket)
    expect((await answer('I am.')).status).toBe(201)
    await shows(conversation, 'I am.')
    expect(chat.connection.getSnapshot()).toMatchObject({ phase: 'live', transport: 'socket' })
    await chat.close()
  })
})
