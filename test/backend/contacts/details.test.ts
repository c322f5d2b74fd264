import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Contact, ContactRecord, ConversationPage, Problem } from '../../../sdk/protocol/index.js'
import { aConversation, aDesk, conversationPath, type Desk, settledCursor, sync } from '../../support/builders.js'
import { engines } from '../../support/database.js'
import { makeWorld, type World } from '../../support/world.js'

const VISITOR = '/v1/visitor'

describe.each(engines)('what visitors say of themselves on %s', (engine) => {
  let world: World
  let desk: Desk
  beforeAll(async () => {
    world = await makeWorld(engine)
  })
  afterAll(() => world.close())

  const begin = async () => (desk = await aDesk(world))
  const patch = (changes: object) => desk.visitor.patch<Contact & Problem>(VISITOR, changes)
  const row = async () =>
    (await world.db.query('select attributes, consent_text from contacts where id = $1', [desk.visitor.id]))[0]!
  const inboxTopic = () =>
    world.db.query<{ name: string }>(
      `select payload -> 'contact' ->> 'name' as name from realtime.messages
       where topic = $1 and event = 'head' order by inserted_at, id`,
      [`inbox:${desk.inbox.id}`],
    )

  test('a visitor says name and e-mail, and is called so from then on', async () => {
    await begin()
    const { status, body } = await patch({ name: 'Zoë', email: 'Zoe@Shop.Example' })
    const contact = { id: desk.visitor.id, name: 'Zoë', email: 'zoe@shop.example', verified: false, consentedAt: null }
    expect([status, body]).toEqual([200, { ...contact, formerIds: [] }])
    expect((await desk.visitor.get(VISITOR)).body).toEqual(body)
    const { refreshSecret } = desk.visitor.session
    const renewed = await world.caller().post('/v1/visitor/sessions/refresh', { refreshSecret })
    expect(renewed.body).toMatchObject({ contact: body })
  })

  test('what is not named stays', async () => {
    await begin()
    await patch({ name: 'Zoë', attributes: { plan: 'pro', seats: 3, isPaid: true, note: 'x' } })
    expect((await patch({ email: 'zoe@shop.example' })).body).toMatchObject({ name: 'Zoë' })
    await patch({ attributes: { seats: 4, note: null } })
    expect(await row()).toMatchObject({ attributes: { plan: 'pro', seats: 4, isPaid: true } })
  })

  test('agents see the name at once, in the head and in what they sync, and the contact sees nothing of the telling', async () => {
    await begin()
    const conversationId = await aConversation(desk.visitor)
    const cursor = await settledCursor(desk.agent)
    const before = await inboxTopic()
    const [known] = (await desk.agent.get<ConversationPage>('/v1/conversations')).body.items
    await patch({ name: 'Zoë' })
    expect((await inboxTopic()).slice(before.length)).toEqual([{ name: 'Zoë' }])
    const [head] = (await sync(desk.agent, { cursor })).heads
    expect(head).toMatchObject({ conversationId, seq: known!.seq, contact: { name: 'Zoë' } })
    expect(head!.internalSeq).toBe(known!.internalSeq + 1)
    const { open } = await sync(desk.visitor, { open: [{ conversationId, epoch: '', seq: 0, internalSeq: 0 }] })
    expect(open[0]!.events.map(({ type }) => type)).toEqual(['conversation.created', 'message.created'])
  })

  test('saying the same again, and what no list shows, tells nobody', async () => {
    await begin()
    await aConversation(desk.visitor)
    await patch({ name: 'Zoë', email: 'zoe@shop.example' })
    const before = await inboxTopic()
    await patch({ name: 'Zoë', email: 'ZOE@shop.example', attributes: { plan: 'pro' }, consentedAt: true })
    expect(await inboxTopic()).toHaveLength(before.length)
  })

  test('a name that comes later stands at the messages of before', async () => {
    await begin()
    const conversationId = await aConversation(desk.visitor)
    await patch({ name: 'Zoë' })
    const page = await desk.agent.get(conversationPath(conversationId, '/messages'))
    expect(page.body).toMatchObject({ items: [{ author: { id: desk.visitor.id, name: 'Zoë' } }] })
  })

  test('consent is kept with the words that were shown and the time of the server', async () => {
    await begin()
    await world.db.query(`update inboxes set settings = '{"consent": "We keep this."}' where id = $1`, [desk.inbox.id])
    const { body } = await patch({ consentedAt: true })
    expect(Math.abs(Date.parse(body.consentedAt!) - Date.now())).toBeLessThan(60_000)
    expect(await row()).toMatchObject({ consent_text: 'We keep this.' })
    await world.db.query(`update inboxes set settings = '{"consent": "We sell this."}' where id = $1`, [desk.inbox.id])
    expect((await patch({ name: 'Zoë' })).body.consentedAt).toBe(body.consentedAt)
    expect(await row()).toMatchObject({ consent_text: 'We keep this.' })
  })

  test('P4 what an identity token has proved is not said otherwise, and the rest of that request neither', async () => {
    await begin()
    await world.db.query(`update contacts set name = 'Ada', proved = '{name,attributes.plan}' where id = $1`, [
      desk.visitor.id,
    ])
    for (const changes of [{ name: 'Eve' }, { email: 'a@b.example', name: 'Eve' }, { attributes: { plan: 'free' } }])
      expect(await patch(changes)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await desk.visitor.get(VISITOR)).body).toMatchObject({ name: 'Ada', email: null })
    expect((await patch({ email: 'a@b.example', attributes: { seats: 1 } })).status).toBe(200)
  })

  test('more than 50 attributes are too many, also one by one', async () => {
    await begin()
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`key${at}`, at]))
    expect((await patch({ attributes: many })).status).toBe(200)
    expect(await patch({ attributes: { more: 1 } })).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect(await row()).toEqual({ attributes: many, consent_text: null })
    expect((await patch({ attributes: { more: 1, key0: null } })).status).toBe(200)
  })

  test.each([
    ['a blank name', { name: ' ' }, 'name'],
    ['too long a name', { name: 'x'.repeat(81) }, 'name'],
    ['what is no address', { email: 'zoe' }, 'email'],
    ['too long an address', { email: `${'x'.repeat(250)}@b.example` }, 'email'],
    ['a list as attributes', { attributes: [1] }, 'attributes'],
    ['an attribute of many', { attributes: { a: { b: 1 } } }, 'attributes.a'],
    ['too long an attribute', { attributes: { a: 'x'.repeat(501) } }, 'attributes.a'],
    ['too long a key', { attributes: { ['x'.repeat(61)]: 1 } }, `attributes.${'x'.repeat(61)}`],
    ['a consent that is none', { consentedAt: false }, 'consentedAt'],
    ['a key that is not known', { verified: true }, ''],
  ])('%s is refused by field', async (_, changes, path) => {
    await begin()
    expect(await patch(changes)).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path }] } })
  })

  test('agents who see the conversation read who its contact is; no other agent and no visitor does', async () => {
    await begin()
    const conversationId = await aConversation(desk.visitor)
    await patch({ name: 'Zoë', email: 'zoe@shop.example', attributes: { plan: 'pro' } })
    const path = conversationPath(conversationId, '/contact')
    expect((await desk.agent.get<ContactRecord>(path)).body).toMatchObject({
      id: desk.visitor.id,
      name: 'Zoë',
      email: 'zoe@shop.example',
      verified: false,
      externalId: null,
      attributes: { plan: 'pro' },
    })
    expect(await (await world.agent(desk.inbox.workspaceId)).get(path)).toMatchObject({ status: 404 })
    expect(await (await aDesk(world)).agent.get(path)).toMatchObject({ status: 404 })
    expect(await desk.visitor.get(path)).toMatchObject({ status: 403 })
  })

  test('only a visitor has details to say', async () => {
    await begin()
    expect(await desk.agent.patch(VISITOR, { name: 'Eve' })).toMatchObject({ status: 403 })
    expect(await desk.agent.get(VISITOR)).toMatchObject({ status: 403 })
    expect(await world.caller().get(VISITOR)).toMatchObject({ status: 401 })
  })
})
