import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ChatEvent,
  type ConversationDetail,
  MAX_BODY_CHARS,
  MAX_DIFFERENT_REACTIONS,
  MAX_OWN_REACTIONS,
  type Message,
  type MessagePage,
  topics,
} from '../../../sdk/protocol/index.js'
import {
  aConversation,
  aDesk,
  aDraft,
  broadcastsOn,
  conversationPath,
  type Desk,
  send,
} from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { type Caller, makeWorld, type World, type WorldAgent } from '../../support/world.js'

describe.each(engines)('changes of messages on %s', (engine) => {
  let world: World
  let desk: Desk
  let supervisor: WorldAgent
  beforeAll(async () => {
    world = await makeWorld(engine)
    desk = await aDesk(world)
    supervisor = await world.agent(desk.inbox.workspaceId, { role: 'supervisor' })
  })
  afterAll(() => world.close())

  /** A conversation with a message of that author at seq 3. */
  async function posted(author: Caller = desk.visitor, body = 'Helo') {
    const conversationId = await aConversation(desk.visitor)
    const { data } = (await send(author, conversationId, aDraft({ body }))).body
    const { message } = data as { message: Message }
    return { conversationId, message, path: conversationPath(conversationId, `/messages/${message.id}`) }
  }
  const edit = (who: Caller, path: string, change: object) =>
    who.patch<ChatEvent>(path, { idempotencyKey: randomUUID(), body: 'Hello', ...change })
  const remove = (who: Caller, path: string, key: string = randomUUID()) =>
    who.delete<ChatEvent>(`${path}?idempotencyKey=${key}`)
  const react = (who: Caller, path: string, emojis: string[], key: string = randomUUID()) =>
    who.put<ChatEvent>(`${path}/reactions`, { idempotencyKey: key, emojis })
  const messagesOf = async (conversationId: string) =>
    (await desk.agent.get<MessagePage>(conversationPath(conversationId, '/messages'))).body.items
  const headOf = async (conversationId: string) =>
    (await desk.agent.get<ConversationDetail>(conversationPath(conversationId))).body.head

  test('I8 an edit is an event of the log that carries the message as it stands', async () => {
    const { conversationId, message, path } = await posted()
    const { status, body } = await edit(desk.visitor, path, {})
    expect(status).toBe(201)
    expect(body).toMatchObject({ type: 'message.edited', seq: 4, messageId: message.id })
    const changed = { ...message, body: 'Hello', revSeq: 4, editedAt: body.at }
    expect(body.data).toEqual({ message: changed })
    expect((await messagesOf(conversationId)).at(-1)).toEqual(changed)
    expect(await broadcastsOn(world, topics.conversation(conversationId))).toContain('event 4')
    expect((await headOf(conversationId)).lastMessage?.preview).toBe('Hello')
  })

  test('I2 a repeated change is answered with what it wrote first, another under its key is refused', async () => {
    const { conversationId, path } = await posted()
    const idempotencyKey = randomUUID()
    const [first, again] = [
      await edit(desk.visitor, path, { idempotencyKey }),
      await edit(desk.visitor, path, { idempotencyKey }),
    ]
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true'])
    expect(again.body).toEqual(first.body)
    for (const other of [
      await edit(desk.visitor, path, { idempotencyKey, body: 'Hi' }),
      await remove(desk.visitor, path, idempotencyKey),
      await react(desk.visitor, path, ['👍'], idempotencyKey),
      await send(desk.visitor, conversationId, aDraft({ idempotencyKey, body: 'Hello' })),
    ])
      expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_mismatch' } })
    expect((await headOf(conversationId)).seq).toBe(4)
  })

  test('I8 a deletion is final: the message keeps its place and says nothing any more', async () => {
    const { conversationId, message, path } = await posted(desk.visitor, 'my card number')
    await react(desk.agent, path, ['👀'])
    const { body } = await remove(desk.visitor, path)
    const tombstone = { ...message, body: '', revSeq: 5, deletedAt: body.at }
    expect(body).toMatchObject({ type: 'message.deleted', seq: 5, data: { message: tombstone } })
    for (const late of [
      await edit(desk.visitor, path, {}),
      await react(desk.agent, path, ['👍']),
      await remove(desk.visitor, path),
    ])
      expect(late).toMatchObject({ status: 410, body: { code: 'gone' } })
    expect((await messagesOf(conversationId)).at(-1)).toEqual(tombstone)
    const log = await desk.agent.get(conversationPath(conversationId, '/events'))
    expect(JSON.stringify(log.body)).not.toContain('card number')
  })

  test('I11 neither edit, deletion nor reaction is one more to read', async () => {
    const { conversationId, path } = await posted()
    const before = await headOf(conversationId)
    await edit(desk.visitor, path, {})
    await react(desk.agent, path, ['👍'])
    await remove(desk.visitor, path)
    const after = await headOf(conversationId)
    expect([after.seq, after.messageNo]).toEqual([before.seq + 3, before.messageNo])
    expect(after.lastMessage).toEqual({ ...before.lastMessage, preview: '' })
  })

  test('reactions are what each person has, however often they are said', async () => {
    const { conversationId, path } = await posted()
    await react(desk.visitor, path, ['👍', '❤️'])
    await react(desk.agent, path, ['❤️', '👩‍👩‍👧‍👦'])
    await react(desk.agent, path, ['❤️', '👩‍👩‍👧‍👦'])
    await react(desk.visitor, path, ['🇪🇺', '❤️'])
    const [visitor, agent] = [desk.visitor.id, desk.agent.id]
    expect((await messagesOf(conversationId)).at(-1)?.reactions).toEqual([
      { emoji: '❤️', actorIds: [visitor, agent] },
      { emoji: '👩‍👩‍👧‍👦', actorIds: [agent] },
      { emoji: '🇪🇺', actorIds: [visitor] },
    ])
    await react(desk.visitor, path, [])
    await react(desk.agent, path, [])
    expect((await messagesOf(conversationId)).at(-1)).not.toHaveProperty('reactions')
  })

  test('what is no emoji, too many of them, or an emoji twice is refused', async () => {
    const { path } = await posted()
    const many = [...Array(MAX_DIFFERENT_REACTIONS + 1).keys()].map((n) => String.fromCodePoint(0x1f600 + n))
    for (const emojis of [['ok'], ['1'], [''], ['👍👍'.repeat(20)], ['👍', '👍'], many.slice(0, MAX_OWN_REACTIONS + 1)])
      expect(await react(desk.agent, path, emojis)).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect((await react(desk.agent, path, many.slice(0, 10))).status).toBe(201)
    expect((await react(desk.visitor, path, many.slice(10, 20))).status).toBe(201)
    expect(await react(supervisor, path, many.slice(20))).toMatchObject({ body: { code: 'invalid_request' } })
  })

  test('only its author edits a message, only its author or a supervisor deletes it', async () => {
    const { path } = await posted(desk.visitor)
    const others = await posted(desk.agent)
    const other = await world.visitor(desk.inbox.key)
    expect(await edit(desk.agent, path, {})).toMatchObject({ status: 403 })
    expect(await edit(supervisor, path, {})).toMatchObject({ status: 403 })
    expect(await remove(desk.agent, path)).toMatchObject({ status: 403 })
    expect(await remove(desk.visitor, others.path)).toMatchObject({ status: 403 })
    expect(await edit(other, path, {})).toMatchObject({ status: 404 })
    expect(await react(other, path, ['👍'])).toMatchObject({ status: 404 })
    expect(await remove(other, path)).toMatchObject({ status: 404 })
    expect(await remove(supervisor, path)).toMatchObject({ status: 201 })
  })

  test("a message is changed through its own conversation only, and a blocked contact's stays", async () => {
    const [one, two] = [await posted(), await posted()]
    const crossed = conversationPath(one.conversationId, `/messages/${two.message.id}`)
    expect(await edit(desk.visitor, crossed, {})).toMatchObject({ status: 404 })
    const visitor = await world.visitor(desk.inbox.key)
    const conversationId = await aConversation(visitor)
    const { data } = (await send(visitor, conversationId)).body as { data: { message: Message } }
    await world.db.query('update contacts set blocked_at = now() where id = $1', [visitor.id])
    const path = conversationPath(conversationId, `/messages/${data.message.id}`)
    expect(await edit(visitor, path, {})).toMatchObject({ status: 403 })
    expect(await react(visitor, path, ['👍'])).toMatchObject({ status: 403 })
  })

  test('a contact changes a message for as long as the inbox allows, an agent always', async () => {
    const age = (id: string) =>
      world.db.query(`update messages set created_at = now() - interval '16 minutes' where id = $1`, [id])
    const [visitors, agents] = [await posted(desk.visitor), await posted(desk.agent)]
    await Promise.all([age(visitors.message.id), age(agents.message.id)])
    expect(await edit(desk.visitor, visitors.path, {})).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await remove(desk.visitor, visitors.path)).toMatchObject({ status: 403 })
    expect(await react(desk.visitor, visitors.path, ['👍'])).toMatchObject({ status: 201 })
    expect(await edit(desk.agent, agents.path, {})).toMatchObject({ status: 201 })
  })

  test('how long that is, is a setting of the inbox; at 0 a contact changes nothing', async () => {
    const admin = await world.agent(desk.inbox.workspaceId, { role: 'admin' })
    const allow = (editMinutes: number) =>
      admin.patch(`/v1/inboxes/${desk.inbox.id}`, { settings: { editMinutes } }).then(({ status }) => status)
    const { message, path } = await posted()
    await world.db.query(`update messages set created_at = now() - interval '20 minutes' where id = $1`, [message.id])
    expect([await allow(30), (await edit(desk.visitor, path, {})).status]).toEqual([200, 201])
    const fresh = await posted()
    expect([await allow(0), (await edit(desk.visitor, fresh.path, {})).status]).toEqual([200, 403])
    expect([await allow(15), (await edit(desk.visitor, fresh.path, {})).status]).toEqual([200, 201])
    expect([await allow(-1), await allow(10_081)]).toEqual([400, 400])
  })

  test('an edit that names a version is refused when something changed the message since', async () => {
    const { message, path } = await posted()
    await react(desk.agent, path, ['👍'])
    expect(await edit(desk.visitor, path, { revSeq: message.revSeq })).toMatchObject({
      status: 409,
      body: { code: 'stale_version' },
    })
    expect(await edit(desk.visitor, path, { revSeq: 4 })).toMatchObject({ status: 201 })
  })

  test('the longest body is taken and one character more is not', async () => {
    const { path } = await posted()
    expect(await edit(desk.visitor, path, { body: 'x'.repeat(MAX_BODY_CHARS) })).toMatchObject({ status: 201 })
    for (const body of ['x'.repeat(MAX_BODY_CHARS + 1), ' ', 'a\0b'])
      expect(await edit(desk.visitor, path, { body })).toMatchObject({ status: 400 })
  })

  test('a reply quotes a message of its conversation or of one before it, and no other', async () => {
    const { conversationId, message } = await posted()
    const reply = await send(desk.visitor, conversationId, aDraft({ replyToId: message.id }))
    expect(reply).toMatchObject({ status: 201, body: { data: { message: { replyToId: message.id } } } })
    const stranger = await posted()
    for (const replyToId of [stranger.message.id, randomUUID()])
      expect(await send(desk.visitor, conversationId, aDraft({ replyToId }))).toMatchObject({ status: 400 })
    await desk.agent.post(conversationPath(conversationId, '/resolve'))
    await world.db.query(`update conversations set resolved_at = now() - interval '8 days' where id = $1`, [
      conversationId,
    ])
    const late = await send(desk.visitor, conversationId, aDraft({ replyToId: message.id }))
    expect(late).toMatchObject({ status: 201, body: { data: { message: { replyToId: message.id } } } })
    expect(late.body.conversationId).not.toBe(conversationId)
  })

  test('the same text in reply to another message under a known key is refused', async () => {
    const { conversationId, message } = await posted()
    const draft = aDraft({ replyToId: message.id })
    await send(desk.visitor, conversationId, draft)
    expect(await send(desk.visitor, conversationId, draft)).toMatchObject({ status: 200 })
    const { idempotencyKey, body } = draft
    expect(await send(desk.visitor, conversationId, { idempotencyKey, body })).toMatchObject({ status: 409 })
  })

  test('I3 changes at once by many leave no hole', async () => {
    const { conversationId, path } = await posted()
    await Promise.all(
      [...Array(12).keys()].map((n) =>
        n % 2 ? edit(desk.visitor, path, { body: `${n}` }) : react(n % 4 ? desk.agent : desk.visitor, path, ['👍']),
      ),
    )
    const { items } = (
      await desk.agent.get<{ items: ChatEvent[] }>(conversationPath(conversationId, '/events?limit=100'))
    ).body
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1))
    expect((await messagesOf(conversationId)).at(-1)?.revSeq).toBe(items.at(-1)?.seq)
  })
})
