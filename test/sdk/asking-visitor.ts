import { expect } from 'vitest'
import { WebSocket as NodeSocket } from 'ws'
import { type Clock, systemClock } from '../../sdk/clock.js'
import { type Conversation, createChat } from '../../sdk/index.js'
import { conversationPath } from '../support/builders.js'
import { eventually } from '../support/eventually.js'
import type { World } from '../support/world.js'

/** The SDK's minutes pass in seconds; its socket keeps the time of the world. */
const HASTE = 20
const startedAt = systemClock.now()
export const hastyClock: Clock = {
  now: () => startedAt + (systemClock.now() - startedAt) * HASTE,
  sleep: (ms, signal) => systemClock.sleep(ms / HASTE, signal),
}

/** A visitor on the real SDK who has asked something, and the agent who answers by the API. Live, unless told not to wait. */
export async function anAskingVisitor(world: World, { socket = NodeSocket, clock = hastyClock, isLive = true } = {}) {
  const inbox = await world.inbox()
  const kept = new Map<string, string>()
  const chat = createChat({
    ...{ url: world.url, inboxKey: inbox.key, clock },
    WebSocket: socket as unknown as typeof WebSocket,
    storage: { get: (key) => kept.get(key) ?? null, set: (key, value) => void kept.set(key, value), remove() {} },
  })
  const phases: string[] = []
  chat.connection.subscribe(() => phases.push(chat.connection.getSnapshot().phase))
  await chat.connect()
  const conversation = chat.newConversation()
  conversation.open()
  await conversation.messages.send({ body: 'Is anybody there?' }).sent
  if (isLive) {
    await live(chat)
    // a topic that is joined later would have it ask at once
    await eventually(async () => expect(await channelsOf(world)).toBe(3))
  }
  const agent = await world.agent(inbox.workspaceId, { inboxIds: [inbox.id] })
  const answer = async (body: string) => {
    const path = conversationPath(conversation.id!, '/messages')
    expect((await agent.post(path, { idempotencyKey: crypto.randomUUID(), body })).status).toBe(201)
  }
  return { chat, conversation, answer, phases, agent, inbox }
}

export const live = ({ connection }: Pick<ReturnType<typeof createChat>, 'connection'>) =>
  eventually(() => expect(connection.getSnapshot()).toMatchObject({ phase: 'live', transport: 'socket' }))

const channelsOf = async (world: World) =>
  Number(/^parley_realtime_channels (\d+)$/m.exec((await world.caller().get<string>('/metrics')).body)?.[1])

/** What the answers say, as the visitor sees them. */
export const answersIn = ({ thread }: Conversation) =>
  thread
    .getSnapshot()
    .items.flatMap((item) => (item.kind === 'message' ? [item.message.body] : []))
    .slice(1)

export const shows = (conversation: Conversation, ...bodies: string[]) =>
  eventually(() => expect(answersIn(conversation)).toEqual(bodies))
