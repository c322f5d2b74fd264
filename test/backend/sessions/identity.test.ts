import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIdentityToken, type Identity } from '../../../sdk/server.js'
import type {
  ActAnswer,
  Contact,
  ConversationPage,
  Message,
  Problem,
  VisitorSession,
} from '../../../sdk/protocol/index.js'
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

const SESSIONS = '/v1/visitor/sessions'
const IDENTITY = '/v1/visitor/identity'

test.each([{ inboxSecret: '' }, { externalId: '' }])(
  'a token without %o is not made, and says what is empty',
  async (empty) => {
    await expect(createIdentityToken({ inboxSecret: 'secret', externalId: 'user-1', ...empty })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining(Object.keys(empty)[0]!) as string,
    })
  },
)

describe.each(engines)('identity on %s', (engine) => {
  let world: World
  let desk: Desk
  beforeAll(async () => {
    world = await makeWorld(engine)
  })
  afterAll(() => world.close())
  const begin = async () => (desk = await aDesk(world))

  const secret = async () =>
    (await world.db.query<{ secret: string }>('select secret from inboxes where id = $1', [desk.inbox.id]))[0]!.secret
  const aToken = async (identity: Partial<Identity> = {}) =>
    createIdentityToken({ inboxSecret: await secret(), externalId: 'user-1', name: 'Zoë', ...identity })
  const beginAs = (identityToken: string) =>
    world.caller().post<VisitorSession & Problem>(SESSIONS, { inboxKey: desk.inbox.key, identityToken })
  const identify = (identityToken: string, who: Caller = desk.visitor) =>
    who.post<VisitorSession & Problem>(IDENTITY, { identityToken })
  const as = ({ accessToken }: VisitorSession) => world.caller({ authorization: `Bearer ${accessToken}` })
  const idsOf = async (who: Caller) =>
    (await who.get<ConversationPage>('/v1/conversations')).body.items.map((head) => head.conversationId)
  const counts = async () =>
    (
      await world.db.query(
        'select (select count(*)::int from contacts) as contacts, (select count(*)::int from contact_sessions) as sessions',
      )
    )[0]

  test('P4 who is proved begins as the same contact each time, with what the site says of them', async () => {
    await begin()
    const first = await beginAs(await aToken({ email: 'ZOE@shop.example', attributes: { plan: 'pro' } }))
    expect(first.status).toBe(201)
    const contact = { name: 'Zoë', email: 'zoe@shop.example', verified: true, formerIds: [] }
    expect(first.body.contact).toMatchObject(contact)
    const again = await beginAs(await aToken({ name: 'Zoë M.' }))
    expect(again.body.contact).toEqual({ ...first.body.contact, name: 'Zoë M.' })
    expect((await beginAs(await aToken({ externalId: 'user-2' }))).body.contact.id).not.toBe(again.body.contact.id)
    const change = (body: object) => as(again.body).patch('/v1/visitor', body)
    for (const body of [{ name: 'Eve' }, { email: 'eve@shop.example' }, { attributes: { plan: 'free' } }])
      expect(await change(body)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await change({ attributes: { seats: 2 } })).status).toBe(200)
  })

  test('I2 forty beginnings at once of one user make one contact', async () => {
    await begin()
    const token = await aToken()
    const answers = await Promise.all(Array.from({ length: 40 }, () => beginAs(token)))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.contact.id}`)).size).toBe(1)
  })

  test('P3 a token of no good is refused, and makes nobody', async () => {
    await begin()
    const key = new TextEncoder().encode(await secret())
    const now = Math.floor(Date.now() / 1000)
    const jwt = (claims: object, alg = 'HS256') =>
      new SignJWT({ sub: 'user-1', exp: now + 300, ...claims }).setProtectedHeader({ alg }).sign(key)
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(
      JSON.stringify({ sub: 'user-1', exp: now + 300 }),
    ).toString('base64url')}.`
    const tokens = {
      'signed by another secret': await aToken({ inboxSecret: 'another' }),
      'for another inbox': await createIdentityToken({ inboxSecret: `${await secret()}x`, externalId: 'user-1' }),
      expired: await aToken({ expiresInSeconds: -61 }),
      'good for more than a day': await aToken({ expiresInSeconds: 24 * 3600 + 70 }),
      'without an end': await new SignJWT({ sub: 'user-1' }).setProtectedHeader({ alg: 'HS256' }).sign(key),
      'of nobody': await jwt({ sub: undefined }),
      'of a blank id': await jwt({ sub: ' ' }),
      'of too long an id': await jwt({ sub: 'x'.repeat(256) }),
      'with an e-mail that is none': await jwt({ email: 'zoe' }),
      'of another algorithm': await jwt({}, 'HS512'),
      unsigned,
      tampered: (await aToken()).replace(/\.[^.]+\./, '.e30.'),
      nonsense: 'nonsense',
    }
    const before = await counts()
    for (const [what, token] of Object.entries(tokens)) {
      expect([what, await beginAs(token)]).toMatchObject([what, { status: 401, body: { code: 'token_invalid' } }])
      expect([what, await identify(token)]).toMatchObject([what, { status: 401, body: { code: 'token_invalid' } }])
    }
    expect(await counts()).toEqual(before)
  })

  test('a clock of the site that is a minute off does no harm', async () => {
    await begin()
    expect((await beginAs(await aToken({ expiresInSeconds: -50 }))).status).toBe(201)
  })

  test('P1 a visitor who turns out to be a user goes on as that one, with all conversations, marks and sessions', async () => {
    await begin()
    const before = await aConversation(desk.visitor)
    await send(desk.agent, before)
    await desk.visitor.put(conversationPath(before, '/receipt'), { deliveredSeq: 3, readSeq: 3 })
    const user = (await beginAs(await aToken())).body
    const known = await aConversation(as(user))
    const { status, body } = await identify(await aToken())
    expect(status).toBe(200)
    expect(body.contact).toEqual({ ...user.contact, formerIds: [desk.visitor.id] })
    for (const who of [as(body), as(user)]) expect((await idsOf(who)).sort()).toEqual([before, known].sort())
    const { receipts } = await sync(as(body))
    expect(receipts.find((mark) => mark.conversationId === before)).toMatchObject({
      actor: { id: user.contact.id },
      readSeq: 3,
    })
    expect(await desk.visitor.get('/v1/visitor')).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
    const renewed = await world
      .caller()
      .post<VisitorSession>(`${SESSIONS}/refresh`, { refreshSecret: desk.visitor.session.refreshSecret })
    expect(renewed.body.contact).toEqual(body.contact)
  })

  test('agents see the name at once, at earlier messages too, and what the visitor said of themselves is not lost', async () => {
    await begin()
    await desk.visitor.patch('/v1/visitor', { email: 'zoe@home.example', consentedAt: true })
    const conversationId = await aConversation(desk.visitor)
    const { cursor } = await sync(desk.agent)
    const { body } = await identify(await aToken())
    expect(body.contact).toMatchObject({ email: 'zoe@home.example', consentedAt: expect.any(String) })
    const [head] = (await sync(desk.agent, { cursor })).heads
    expect(head).toMatchObject({ conversationId, contact: { id: body.contact.id, name: 'Zoë' } })
    const page = await desk.agent.get<{ items: Message[] }>(conversationPath(conversationId, '/messages'))
    expect(page.body.items).toMatchObject([{ author: { id: desk.visitor.id, name: 'Zoë' } }])
  })

  test('I2 what was sent before under a key is not written again after, by either path', async () => {
    await begin()
    const start = aStart()
    const started = await desk.visitor.post<ActAnswer>('/v1/conversations', start)
    const { conversationId } = started.body.head
    const draft = aDraft()
    const first = await send(desk.visitor, conversationId, draft)
    const user = as((await identify(await aToken())).body)
    const again = await Promise.all([1, 2, 3].map(() => send(user, conversationId, draft)))
    for (const { status, body } of again) expect([status, body.seq]).toEqual([200, first.body.seq])
    expect((await user.post<ActAnswer>('/v1/conversations', start)).body.head.conversationId).toBe(conversationId)
    expect(await send(user, conversationId, { ...draft, body: 'Else' })).toMatchObject({ status: 409 })
    const [last] = (await sync(user, { open: [{ conversationId, epoch: '', seq: 0 }] })).open
    expect(last!.events.filter(({ type }) => type === 'message.created')).toHaveLength(2)
    expect((await send(user, conversationId)).status).toBe(201)
  })

  test('messages of before are their own to edit, to react to and to delete', async () => {
    await begin()
    const conversationId = await aConversation(desk.visitor)
    const { messageId } = (await send(desk.visitor, conversationId)).body
    const path = conversationPath(conversationId, `/messages/${messageId}`)
    await desk.visitor.put(`${path}/reactions`, { idempotencyKey: randomUUID(), emojis: ['👍'] })
    const { body } = await identify(await aToken())
    const user = as(body)
    expect(await user.patch(path, { idempotencyKey: randomUUID(), body: 'Better' })).toMatchObject({ status: 201 })
    const reacted = await user.put(`${path}/reactions`, { idempotencyKey: randomUUID(), emojis: ['👍', '🎉'] })
    expect(reacted.body).toMatchObject({
      data: { message: { reactions: [{ emoji: '👍', actorIds: [body.contact.id] }, { emoji: '🎉' }] } },
    })
    expect(await user.delete(`${path}?idempotencyKey=${randomUUID()}`)).toMatchObject({ status: 201 })
    const stranger = as((await beginAs(await aToken({ externalId: 'user-2' }))).body)
    expect(await stranger.get(conversationPath(conversationId))).toMatchObject({ status: 404 })
  })

  test('P2 two whom the site has proved stay two, and saying it twice changes nothing', async () => {
    await begin()
    const one = (await beginAs(await aToken())).body
    const conversationId = await aConversation(as(one))
    const other = (await identify(await aToken({ externalId: 'user-2', name: 'Bea' }), as(one))).body
    expect(other.contact).toMatchObject({ name: 'Bea', formerIds: [] })
    expect(await idsOf(as(other))).toEqual([])
    expect(await idsOf(as(one))).toEqual([conversationId])
    const same = (await identify(await aToken({ externalId: 'user-2', name: 'Bea' }), as(other))).body
    expect(same.contact).toEqual(other.contact)
  })

  test('many tabs that identify one visitor at once make one contact of them', async () => {
    await begin()
    const conversationId = await aConversation(desk.visitor)
    const token = await aToken()
    const answers = await Promise.all(Array.from({ length: 8 }, () => identify(token)))
    const users = answers.filter(({ status }) => status === 200).map(({ body }) => body)
    expect(users.length).toBeGreaterThan(0)
    for (const user of users) expect(await idsOf(as(user))).toEqual([conversationId])
    expect(new Set(users.map(({ contact }: { contact: Contact }) => contact.id)).size).toBe(1)
  })

  test('whoever is blocked does not get away with it by a name', async () => {
    await begin()
    const conversationId = await aConversation(desk.visitor)
    await world.db.query('update contacts set blocked_at = now() where id = $1', [desk.visitor.id])
    const user = as((await identify(await aToken())).body)
    expect(await send(user, conversationId)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  test('the secret that signs is for administrators, of their own workspace', async () => {
    await begin()
    const path = `/v1/inboxes/${desk.inbox.id}/secret`
    const admin = await world.agent(desk.inbox.workspaceId, { role: 'admin' })
    expect(await admin.get(path)).toMatchObject({ status: 200, body: { secret: await secret() } })
    expect((await admin.get(path)).headers.get('cache-control')).toBe('no-store')
    for (const role of ['agent', 'supervisor'] as const) {
      const member = await world.agent(desk.inbox.workspaceId, { role, inboxIds: [desk.inbox.id] })
      expect(await member.get(path)).toMatchObject({ status: 403 })
    }
    const foreign = await world.agent(await world.workspace(), { role: 'owner' })
    expect(await foreign.get(path)).toMatchObject({ status: 404 })
    expect(await desk.visitor.get(path)).toMatchObject({ status: 403 })
  })
})
