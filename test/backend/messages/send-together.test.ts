import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../../backend/db/client.js'
import { connectPostgres } from '../../../backend/db/postgres.js'
import type { Actor } from '../../../backend/http/actor.js'
import type { Told } from '../../../backend/http/app-env.js'
import * as messages from '../../../backend/messages/send-together.js'
import type { ChatEvent, Draft } from '../../../sdk/protocol/index.js'
import { aContact, aConversation, anAgentSession, aSession, aShop, broadcasts, type Shop } from '../../contract/shop.js'
import { aDraft } from '../../support/builders.js'
import { engines, testDatabase, testPostgres } from '../../support/database.js'
import { silentGate } from '../../support/silent-gate.js'

describe.each(engines)('messages sent at once on %s', (engine) => {
  let db: Db
  let shop: Shop
  let session: string
  const told: string[] = []
  beforeAll(async () => {
    db = await testDatabase(engine, { maxConnections: 10 })
  })
  beforeEach(async () => {
    told.length = 0
    shop = await aShop(db)
    session = await aSession(db, shop)
  })
  afterAll(() => db.close())
  const contact = (id = shop.contactId, sessionId = session): Actor => ({
    type: 'contact',
    id,
    workspaceId: shop.workspaceId,
    inboxId: shop.inboxId,
    sessionId,
  })
  // this process listens to nothing, and nobody else does: what is told is answered
  const teller = {
    id: randomUUID(),
    tell: (some: readonly Told[]) => void told.push(...some.map(({ topic, event }) => `${event} ${topic}`)),
  }
  const sendTogether = async (actor: Actor, conversationId: string, draft: Draft) => {
    const { event, isReplay } = await messages.sendTogether({ db, teller }, actor, conversationId, draft)
    return { event: JSON.parse(event) as ChatEvent, isReplay }
  }
  const agentOf = async (some: Shop): Promise<Actor> => ({
    type: 'agent',
    id: some.agentId,
    workspaceId: some.workspaceId,
    role: 'agent',
    sessionId: await anAgentSession(db, some),
  })
  const bodiesIn = async (conversationId: string) =>
    (
      await db.query<{ body: string }>(
        'select body from messages where conversation_id = $1 and seq > 2 order by seq',
        [conversationId],
      )
    ).map(({ body }) => body)
  const conversations = (count: number) => Promise.all(Array.from({ length: count }, () => aConversation(db, shop)))

  test('each is stored once and told once, and they share commits', async () => {
    const ids = await conversations(20)
    const sent = await Promise.all(ids.map((id) => sendTogether(contact(), id, aDraft({ body: id }))))
    expect(sent.map(({ event }) => event.conversationId)).toEqual(ids)
    expect(await Promise.all(ids.map(bodiesIn))).toEqual(ids.map((id) => [id]))
    const lists = [`head inbox:${shop.inboxId}`, `head contact:${shop.contactId}`]
    expect(told.sort()).toEqual(ids.flatMap((id) => [`event conversation:${id}`, ...lists]).sort())
    const [commits] = await db.query<{ count: number }>(
      'select count(distinct created_at) from events where seq = 3 and conversation_id = any ($1::uuid[])',
      [ids],
    )
    expect(commits!.count).toBeLessThan(5)
  })

  test('those of one conversation are stored in the order in which they were sent', async () => {
    const [id] = await conversations(1)
    const bodies = Array.from({ length: 50 }, (_, index) => `message ${index}`)
    const sent = await Promise.all(bodies.map((body) => sendTogether(contact(), id!, aDraft({ body }))))
    expect(sent.map(({ event }) => event.seq)).toEqual(bodies.map((_, index) => index + 3))
    expect(await bodiesIn(id!)).toEqual(bodies)
  })

  test('one that is refused is refused alone, and leaves no seq behind', async () => {
    const ids = await conversations(6)
    const strangerId = await aContact(db, shop.workspaceId)
    const stranger = contact(strangerId, await aSession(db, shop, strangerId))
    const known = aDraft({ body: 'this' })
    await sendTogether(contact(), ids[0]!, known)
    const sent = await Promise.allSettled([
      ...ids.map((id) => sendTogether(contact(), id, aDraft({ body: 'mine' }))),
      sendTogether(stranger, ids[1]!, aDraft({ body: 'let me in' })),
      sendTogether(contact(), randomUUID(), aDraft()),
      sendTogether(contact(), ids[0]!, { ...known, body: 'that' }),
      sendTogether(contact(), ids[0]!, known),
    ])
    const outcomes = sent.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'sent'))
    expect(outcomes).toEqual([...ids.map(() => 'sent'), 'not_found', 'not_found', 'idempotency_mismatch', 'sent'])
    expect(sent.at(-1)).toMatchObject({ value: { isReplay: true, event: { seq: 3 } } })
    const heads = await db.query<{ last_seq: number }>(
      'select last_seq from conversation_heads where conversation_id = any ($1::uuid[]) order by last_seq desc',
      [ids],
    )
    expect(heads.map((head) => head.last_seq)).toEqual([4, 3, 3, 3, 3, 3])
  })

  test('whatever people write stands in event and head as it was written, as in the log', async () => {
    const awkward = 'Ünïcode 👩‍👩‍👧 "quotes" \\back\\slash\nline\ttab {} [] null \u2028 \u0001 end'
    const [id] = await conversations(1)
    await db.query('update contacts set name = $2 where id = $1', [shop.contactId, awkward])
    await db.query('update agents set name = $2 where id = $1', [shop.agentId, awkward])
    await db.query('update conversations set subject = $2, assignee_id = $3 where id = $1', [id, awkward, shop.agentId])
    const bodies: unknown[] = []
    const tell = (some: readonly Told[]) => void bodies.push(...some.map(({ body }) => JSON.parse(body) as unknown))
    const place = { db, teller: { id: randomUUID(), tell } }
    await messages.sendTogether(place, contact(), id!, aDraft({ body: awkward }))
    const [log] = await db.query<{ event: ChatEvent; head: unknown }>(
      `select wire_event(e) as event, wire_head(e.conversation_id, true) as head
       from events e where e.conversation_id = $1 and e.seq = 3`,
      [id],
    )
    expect(bodies).toEqual([log!.event, log!.head, log!.head])
    expect(log).toMatchObject({
      event: { actor: { name: awkward }, data: { message: { body: awkward, author: { name: awkward } } } },
      head: { subject: awkward, assigneeName: awkward, contact: { name: awkward }, lastMessage: { preview: awkward } },
    })
  })

  test('a message that the database rejects breaks none of the others', async () => {
    const ids = await conversations(5)
    const sent = await Promise.allSettled([
      ...ids.map((id) => sendTogether(contact(), id, aDraft({ body: 'short' }))),
      sendTogether(contact(), ids[0]!, aDraft({ body: 'x'.repeat(8_001) })),
    ])
    expect(sent.map(({ status }) => status)).toEqual([...ids.map(() => 'fulfilled'), 'rejected'])
    expect(await Promise.all(ids.map(bodiesIn))).toEqual(ids.map(() => ['short']))
  })

  test('those from which something follows and those from which nothing does keep their order', async () => {
    const ids = await conversations(4)
    const [plain, reopened, claimed, repeated] = ids as [string, string, string, string]
    await db.query(`update conversations set status = 'resolved', resolved_at = now() where id = $1`, [reopened])
    const agent = await agentOf(shop)
    const twice = aDraft({ body: 'twice' })
    const blocker = sendTogether(contact(), plain, aDraft({ body: 'first' }))
    const sent = await Promise.all([
      blocker,
      sendTogether(contact(), reopened, aDraft({ body: 'one' })),
      sendTogether(contact(), reopened, aDraft({ body: 'two' })),
      sendTogether(agent, claimed, aDraft({ body: 'mine' })),
      sendTogether(contact(), claimed, aDraft({ body: 'thanks' })),
      sendTogether(contact(), repeated, twice),
      sendTogether(contact(), repeated, twice),
      sendTogether(contact(), plain, aDraft({ body: 'second' })),
    ])
    expect(sent.map(({ event }) => event.seq)).toEqual([3, 3, 5, 3, 5, 3, 3, 4])
    expect(sent.map(({ isReplay }) => isReplay)).toEqual([false, false, false, false, false, false, true, false])
    expect(await Promise.all(ids.map(bodiesIn))).toEqual([
      ['first', 'second'],
      ['one', 'two'],
      ['mine', 'thanks'],
      ['twice'],
    ])
    // from the claim more follows, which is notified; the answer to it is told by this process
    const notified = await broadcasts(db, `conversation:${claimed}`)
    expect(notified.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(told.filter((line) => line === `event conversation:${claimed}`)).toHaveLength(1)
  })

  test('one whose commit was not answered is answered and told by a second try', async () => {
    const [id] = await conversations(1)
    const query: Db['query'] = async (...asked) => {
      await db.warm.query(...asked)
      throw new Error('the connection was lost')
    }
    const place = { db: { ...db, warm: { ...db.warm, query } }, teller: { ...teller } }
    const sent = await messages.sendTogether(place, contact(), id!, aDraft({ body: 'stored' }))
    expect(JSON.parse(sent.event)).toMatchObject({ seq: 3 })
    expect((await broadcasts(db, `conversation:${id}`)).at(-1)).toEqual({ event: 'event', seq: 3 })
    expect((await broadcasts(db, `inbox:${shop.inboxId}`)).at(-1)).toEqual({ event: 'head', seq: 3 })
    expect(await bodiesIn(id!)).toEqual(['stored'])
  })

  describe.runIf(engine === 'postgres').each(['breaks', 'goes silent'])('where the connection %s', (how) => {
    test('between commit and answer, a message is stored once, answered and told', async () => {
      const { url, drop } = await testPostgres()
      const gate = await silentGate(url)
      const lossy = connectPostgres({ url: gate.url, answerMs: { pool: 500, warm: 500 } })
      shop = await aShop(lossy)
      session = await aSession(lossy, shop)
      const id = await aConversation(lossy, shop)
      const place = { db: lossy, teller: { ...teller } }
      await messages.sendTogether(place, contact(), id, aDraft())
      told.length = 0
      gate.loseAnswerTo('is it stored?', how === 'breaks')
      const { event } = await messages.sendTogether(place, contact(), id, aDraft({ body: 'is it stored?' }))
      expect(JSON.parse(event)).toMatchObject({ seq: 4, data: { message: { body: 'is it stored?' } } })
      expect(gate.lost()).toBe(1)
      const stored = await lossy.query<{ seq: number }>('select seq from messages where conversation_id = $1', [id])
      expect(stored.map(({ seq }) => seq).sort()).toEqual([2, 3, 4])
      expect(told).toEqual([])
      expect((await broadcasts(lossy, `conversation:${id}`)).at(-1)).toEqual({ event: 'event', seq: 4 })
      await lossy.close()
      gate.close()
      await drop()
    })
  })

  test('an agent of another inbox is refused, in a conversation that somebody answers too', async () => {
    const [id] = await conversations(1)
    await sendTogether(await agentOf(shop), id!, aDraft({ body: 'mine' }))
    const stranger = await agentOf(await aShop(db))
    await expect(sendTogether(stranger, id!, aDraft())).rejects.toMatchObject({ code: 'not_found' })
    expect(await bodiesIn(id!)).toEqual(['mine'])
  })

  test('one whose session has ended is refused alone', async () => {
    const ids = await conversations(3)
    await db.query('update contact_sessions set revoked_at = now() where id = $1', [session])
    const standing = await aSession(db, shop)
    const sent = await Promise.allSettled([
      sendTogether(contact(), ids[0]!, aDraft()),
      sendTogether(contact(shop.contactId, standing), ids[1]!, aDraft()),
      sendTogether(contact(shop.contactId, randomUUID()), ids[2]!, aDraft()),
    ])
    expect(sent.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected'])
    expect(sent[0]).toMatchObject({ reason: { code: 'token_invalid' } })
    expect(await bodiesIn(ids[2]!)).toEqual([])
  })

  test.runIf(engine === 'postgres')('a conversation held by someone else holds up none of the others', async () => {
    const ids = await conversations(6)
    const held = ids[2]!
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    let holding = Promise.resolve()
    await new Promise<void>((locked) => {
      holding = db.transaction(async (tx) => {
        await tx.query('select 1 from conversation_heads where conversation_id = $1 for no key update', [held])
        locked()
        await released
      })
    })
    const sending = ids.map((id) => sendTogether(contact(), id, aDraft({ body: 'now' })))
    const others = await Promise.all(sending.filter((_, index) => index !== 2))
    release()
    await holding
    expect(others.map(({ event }) => event.seq)).toEqual([3, 3, 3, 3, 3])
    expect((await sending[2]!).event).toMatchObject({ conversationId: held, seq: 3 })
  })
})
