import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIdentityToken } from '../../../sdk/server.js'
import type { EventPage, MessagePage, VisitorExport, VisitorSession } from '../../../sdk/protocol/index.js'
import {
  aConversation,
  aDesk,
  aDraft,
  aStart,
  conversationPath,
  type Desk,
  send,
  sync,
} from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { type Caller, makeWorld, type World } from '../../support/world.js'

const VISITOR = '/v1/visitor'

describe.each(engines)("a visitor's own data on %s", (engine) => {
  let world: World
  let desk: Desk
  let conversationId: string
  beforeAll(async () => {
    world = await makeWorld(engine)
  })
  afterAll(() => world.close())

  /** A visitor about whom everything is known that there can be. */
  const begin = async () => {
    desk = await aDesk(world)
    await world.db.query(`update inboxes set settings = '{"consent": "We keep it."}' where id = $1`, [desk.inbox.id])
    const { visitor, agent } = desk
    const details = { name: 'Zoë Secret', email: 'zoe@secret.example', attributes: { plan: 'secret' } }
    await visitor.patch(VISITOR, { ...details, consentedAt: true })
    const page = { url: 'https://secret.example/', title: 'Secret' }
    await visitor.put('/v1/presence', { state: 'online', conversationIds: [], page })
    const start = aStart({ subject: 'A secret', message: aDraft({ body: 'My secret' }) })
    conversationId = await aConversation(visitor, start)
    await send(agent, conversationId, aDraft({ body: 'An answer' }))
    await agent.post(conversationPath(conversationId, '/resolve'))
    const rating = { idempotencyKey: randomUUID(), score: 4, comment: 'secretly good' }
    await visitor.post(conversationPath(conversationId, '/rating'), rating)
  }
  const exported = (who: Caller = desk.visitor) => who.get<VisitorExport>('/v1/visitor/export')

  test('a visitor takes all that is known of them, and nothing that is said of them among agents', async () => {
    await begin()
    await world.db.query(
      `select append_event($1, 'internal', 'note.made', 'agent', $2, null, null, null, '{"text": "a note"}')`,
      [conversationId, desk.agent.id],
    )
    const { status, headers, body } = await exported()
    expect([status, headers.get('content-disposition')]).toEqual([200, 'attachment; filename="chat-data.json"'])
    expect(body).toMatchObject({
      contact: { id: desk.visitor.id, name: 'Zoë Secret', email: 'zoe@secret.example', attributes: { plan: 'secret' } },
      consent: { text: 'We keep it.' },
      pages: [{ url: 'https://secret.example/', title: 'Secret' }],
      conversations: [
        {
          conversationId,
          subject: 'A secret',
          internalSeq: 0,
          messages: [{ body: 'My secret' }, { body: 'An answer' }],
          ratings: [{ score: 4, comment: 'secretly good' }],
        },
      ],
    })
    expect(JSON.stringify(body)).not.toContain('a note')
    expect((await exported(await world.visitor(desk.inbox.key))).body).toMatchObject({ pages: [], conversations: [] })
    expect(await exported(desk.agent)).toMatchObject({ status: 403 })
  })

  test('P5 what is erased is nowhere any more, and the agents keep that there was a conversation', async () => {
    await begin()
    const before = (await desk.agent.get<EventPage>(conversationPath(conversationId, '/events'))).body.head
    expect((await desk.visitor.delete(VISITOR)).status).toBe(204)
    const page = (await desk.agent.get<MessagePage>(conversationPath(conversationId, '/messages'))).body
    expect(page.items).toMatchObject([
      { body: '', deletedAt: expect.any(String), author: { name: '' } },
      { body: 'An answer', author: { name: 'Ada' } },
    ])
    const [log] = (await sync(desk.agent, { open: [{ conversationId, epoch: '', seq: before, internalSeq: 0 }] })).open
    expect(log!.events.map(({ type }) => type)).toContain('message.deleted')
    const ofContact = [
      'contacts',
      'contact_pages',
      'contact_sessions',
      'conversations',
      'messages',
      'events',
      'ratings',
    ]
    for (const table of ofContact) {
      const rows = await world.db.query(`select * from ${table} where workspace_id = $1`, [desk.inbox.workspaceId])
      expect([table, JSON.stringify(rows).match(/secret(?!_hash)/i)]).toEqual([table, null])
    }
    const [contact] = await world.db.query('select erased_at is not null as erased from contacts where id = $1', [
      desk.visitor.id,
    ])
    expect(contact).toEqual({ erased: true })
  })

  test('P5 open consoles follow: each deletion is told, and the head without a name', async () => {
    await begin()
    await desk.visitor.delete(VISITOR)
    const [told] = await world.db.query<{ body: string }>(
      `select payload -> 'data' -> 'message' ->> 'body' as body from realtime.messages
       where topic = $1 and event = 'event' and payload ->> 'type' = 'message.deleted'`,
      [`conversation:${conversationId}`],
    )
    expect(told).toEqual({ body: '' })
    const heads = await world.db.query(
      `select payload -> 'contact' ->> 'name' as name from realtime.messages
       where topic = $1 and event = 'head' order by inserted_at desc, id desc limit 1`,
      [`inbox:${desk.inbox.id}`],
    )
    expect(heads).toEqual([{ name: '' }])
  })

  test('erased means signed out; who comes again is somebody new, also by the same identity', async () => {
    await begin()
    const inboxSecret = (
      await world.db.query<{ secret: string }>('select secret from inboxes where id = $1', [desk.inbox.id])
    )[0]!.secret
    const identityToken = await createIdentityToken({ inboxSecret, externalId: 'user-1', name: 'Zoë Secret' })
    const identified = await desk.visitor.post<VisitorSession>('/v1/visitor/identity', { identityToken })
    const { contact, accessToken, refreshSecret } = identified.body
    const user = world.caller({ authorization: `Bearer ${accessToken}` })
    expect((await user.delete(VISITOR)).status).toBe(204)
    expect(await user.get(VISITOR)).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
    expect((await world.caller().post('/v1/visitor/sessions/refresh', { refreshSecret })).status).toBe(401)
    const rows = await world.db.query(`select name from contacts where workspace_id = $1`, [desk.inbox.workspaceId])
    expect(JSON.stringify(rows)).not.toContain('Secret')
    const again = await world
      .caller()
      .post<VisitorSession>('/v1/visitor/sessions', { inboxKey: desk.inbox.key, identityToken })
    expect(again.body.contact.id).not.toBe(contact.id)
  })

  test('nothing of anybody else is erased', async () => {
    await begin()
    const neighbour = await world.visitor(desk.inbox.key)
    const other = await aConversation(neighbour)
    await desk.visitor.delete(VISITOR)
    const { body } = await neighbour.get<MessagePage>(conversationPath(other, '/messages'))
    expect(body.items).toMatchObject([{ body: 'Where is my order?' }])
    expect(await desk.agent.delete(VISITOR)).toMatchObject({ status: 403 })
  })
})

test('whoever takes it again and again is told to wait', async () => {
  const world = await makeWorld('pglite', { rates: undefined })
  const { visitor } = await aDesk(world)
  const answers = await Promise.all(Array.from({ length: 8 }, () => visitor.get('/v1/visitor/export')))
  expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual([200, 429])
  await world.close()
})
