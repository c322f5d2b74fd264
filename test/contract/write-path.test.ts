import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.js'
import type { Db } from '../../backend/db/client.js'
import { engines, testDatabase } from '../support/database.js'
import { aContact, aConversation, aShop, broadcasts, send, sendAtOnce, type Shop } from './shop.js'

describe.each(engines)('write path on %s', (engine) => {
  let db: Db
  let shop: Shop
  beforeAll(async () => {
    db = await testDatabase(engine, { maxConnections: 20 })
    shop = await aShop(db)
  })
  afterAll(() => db.close())
  const seqs = async (conversationId: string) =>
    (
      await db.query<{ seq: number }>('select seq from events where conversation_id = $1 order by seq', [
        conversationId,
      ])
    ).map((row) => row.seq)
  const events = async (conversationId: string) =>
    (await broadcasts(db, `conversation:${conversationId}`))
      .filter((sent) => sent.event === 'event')
      .map((sent) => sent.seq)

  test('40 sends at once with one key give one message and one broadcast, and all hear the same', async () => {
    const conversationId = await aConversation(db, shop)
    const key = randomUUID()
    const sent = await Promise.all(
      Array.from({ length: 40 }, () => send(db, ['contact', shop.contactId], conversationId, 'once', key)),
    )
    expect(new Set(sent.map((one) => JSON.stringify(one.event))).size).toBe(1)
    expect(sent.filter((one) => !one.replayed)).toHaveLength(1)
    expect(await db.query('select body from messages where idempotency_key = $1', [key])).toEqual([{ body: 'once' }])
    expect(await events(conversationId)).toEqual([1, 2, 3])
  })

  test('16 writers in one conversation give seq 1 to n without a hole, notified in that order', async () => {
    const conversationId = await aConversation(db, shop)
    const topic = `conversation:${conversationId}`
    const notified: number[] = []
    const stop = await db.listen('realtime', (text) => {
      const [, , event, on, payload] = text.split('\n')
      if (on === topic && event === 'event') notified.push((JSON.parse(payload!) as { seq: number }).seq)
    })
    const writer = async (number: number) => {
      for (let turn = 0; turn < 5; turn++)
        await send(db, ['contact', shop.contactId], conversationId, `${number}.${turn}`)
    }
    await Promise.all(Array.from({ length: 16 }, (_, number) => writer(number)))
    const written = Array.from({ length: 82 }, (_, index) => index + 1)
    expect(await seqs(conversationId)).toEqual(written)
    await eventually(() => expect(notified).toEqual(written.slice(2)))
    await stop()
  })

  test('messages in one commit are answered as they are told, each on its topic and on its lists', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => aConversation(db, shop)))
    const stored = await sendAtOnce(db, shop, ids)
    expect(stored.map(({ place }) => place)).toEqual(ids.map((_, index) => index + 1))
    for (const { place, event, hint, head, contact_head, inbox_id, contact_id, is_told } of stored) {
      const id = ids[place - 1]!
      expect([hint, contact_head, is_told]).toEqual([null, null, true])
      expect([inbox_id, contact_id]).toEqual([shop.inboxId, shop.contactId])
      expect(await events(id)).toEqual([1, 2, 3])
      const told = async (topic: string) =>
        (
          await db.query<{ payload: object }>(
            `select payload - 'id' as payload from realtime.messages
             where topic = $1 and payload ->> 'conversationId' = $2 and payload ->> 'seq' = '3'`,
            [topic, id],
          )
        ).map(({ payload }) => payload)
      expect(await told(`conversation:${id}`)).toEqual([JSON.parse(event)])
      expect(await told(`inbox:${shop.inboxId}`)).toEqual([JSON.parse(head)])
      expect(await told(`contact:${shop.contactId}`)).toEqual([JSON.parse(head)])
      expect(JSON.parse(head)).toMatchObject({ conversationId: id, seq: 3, messageNo: 2 })
      const detail = await db.query<{ head: unknown }>(`select wire_head($1::uuid, true) as head`, [id])
      expect(JSON.parse(head)).toEqual(detail[0]!.head)
      const logged = await db.query<{ event: unknown }>(`select log_page($1, 'public', 2, 10) -> 0 as event`, [id])
      expect(JSON.parse(event)).toEqual(logged[0]!.event)
      const marks = await db.query<object>(
        'select delivered_seq, read_seq, read_message_no from participants where conversation_id = $1',
        [id],
      )
      expect(marks).toEqual([{ delivered_seq: 3, read_seq: 3, read_message_no: 2 }])
    }
  })

  test('a contact hears of no second log, and what is too long is told by its place alone', async () => {
    const id = await aConversation(db, shop)
    await db.query('update conversation_heads set last_internal_seq = 5 where conversation_id = $1', [id])
    const [stored] = await sendAtOnce(db, shop, [id], null, 'x'.repeat(5_000))
    const { event, hint, head, contact_head } = stored!
    expect(JSON.parse(head)).toMatchObject({ seq: 3, internalSeq: 5 })
    expect(JSON.parse(contact_head!)).toEqual({ ...(JSON.parse(head) as object), internalSeq: 0 })
    const { conversationId, log, seq, epoch } = JSON.parse(event) as Record<string, unknown>
    expect(JSON.parse(hint!)).toEqual({ conversationId, log, seq, epoch })
    expect(await events(id)).toEqual([1, 2, 3])
  })

  test('what is told is notified as soon as another process listens, and is answered while none does', async () => {
    const [me, other] = [randomUUID(), randomUUID()]
    const ids = [await aConversation(db, shop)]
    const topic = `conversation:${ids[0]}`
    const notified: string[] = []
    const stop = await db.listen('realtime', (text) => notified.push(text.split('\n').slice(2, 4).join(' ')))
    const known = async (id: string) =>
      (await db.query<{ known: boolean }>('select realtime.listen_as($1) as known', [id]))[0]!.known
    expect([await known(me), await known(me)]).toEqual([false, true])
    expect((await sendAtOnce(db, shop, ids, me)).map(({ is_told }) => is_told)).toEqual([false])
    expect(await known(other)).toBe(false)
    expect((await sendAtOnce(db, shop, ids, me)).map(({ is_told }) => is_told)).toEqual([true])
    await eventually(() => expect(notified.filter((line) => line.endsWith(topic))).toEqual([`event ${topic}`]))
    // what the caller told is not stored: it stands in the log
    expect(await events(ids[0]!)).toEqual([1, 2, 4])
    await db.query('delete from realtime.listeners')
    await stop()
  })

  test('a process that has been silent for five minutes is notified no longer, and says so itself when it is back', async () => {
    const [me, gone] = [randomUUID(), randomUUID()]
    const known = async (id: string) =>
      (await db.query<{ known: boolean }>('select realtime.listen_as($1) as known', [id]))[0]!.known
    await known(gone)
    await db.query(`update realtime.listeners set seen_at = now() - interval '6 minutes' where id = $1`, [gone])
    await known(me)
    expect(await db.query('select id from realtime.listeners')).toEqual([{ id: me }])
    expect(await known(gone)).toBe(false)
    await db.query('delete from realtime.listeners')
  })

  test('where realtime is not ours alone, each broadcast goes by realtime.send', async () => {
    const conversationId = await aConversation(db, shop)
    const undone = db.transaction(async (tx) => {
      await tx.query(`
        drop function realtime.send_all;
        create table sent (place bigint generated always as identity, line text);
        create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
        language sql as $$ insert into sent (line) values (concat_ws(' ', event, topic, payload ->> 'seq', private)) $$`)
      await tx.query('select send_message($1, $2, $3, $4, $5)', [
        'contact',
        shop.contactId,
        conversationId,
        randomUUID(),
        'hello',
      ])
      throw new Error((await tx.query<{ line: string }>('select line from sent')).map(({ line }) => line).join('\n'))
    })
    const told = await undone.then(
      () => [],
      (error: Error) => error.message.split('\n'),
    )
    expect(told[0]).toBe(`event conversation:${conversationId} 3 t`)
    expect(told.slice(1).sort()).toEqual([`head contact:${shop.contactId} 3 t`, `head inbox:${shop.inboxId} 3 t`])
  })

  test('a known key with another body is refused and writes nothing', async () => {
    const conversationId = await aConversation(db, shop)
    const key = randomUUID()
    await send(db, ['contact', shop.contactId], conversationId, 'this', key)
    const before = [await seqs(conversationId), await broadcasts(db, `conversation:${conversationId}`)]
    await expect(send(db, ['contact', shop.contactId], conversationId, 'that', key)).rejects.toMatchObject({
      code: 'idempotency_mismatch',
    })
    expect([await seqs(conversationId), await broadcasts(db, `conversation:${conversationId}`)]).toEqual(before)
  })

  test('two people may use the same key: each has a message of their own', async () => {
    const conversationId = await aConversation(db, shop)
    const key = randomUUID()
    const asked = await send(db, ['contact', shop.contactId], conversationId, 'hello?', key)
    const answered = await send(db, ['agent', shop.agentId], conversationId, 'hello!', key)
    expect(answered.replayed).toBe(false)
    expect(answered.event.seq).toBeGreaterThan(asked.event.seq)
  })

  test('a conversation started 20 times at once with one key is one conversation', async () => {
    const [start, message] = [randomUUID(), randomUUID()]
    const contactId = await aContact(db, shop.workspaceId)
    const ask = () =>
      db.query<{ id: string }>(
        `select start_conversation($1, $2, $3, null, $4, 'Hi') -> 'head' ->> 'conversationId' as id`,
        [contactId, shop.inboxId, start, message],
      )
    const ids = new Set((await Promise.all(Array.from({ length: 20 }, ask))).map(([row]) => row!.id))
    expect(ids.size).toBe(1)
    expect(await seqs([...ids][0]!)).toEqual([1, 2])
  })

  test('a refused write leaves no broadcast and no seq behind', async () => {
    const conversationId = await aConversation(db, shop)
    const stranger = await aContact(db, shop.workspaceId)
    await expect(send(db, ['contact', stranger], conversationId, 'let me in')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(send(db, ['contact', shop.contactId], conversationId, 'x'.repeat(8_001))).rejects.toThrow()
    await send(db, ['contact', shop.contactId], conversationId, 'next')
    expect(await seqs(conversationId)).toEqual([1, 2, 3])
    expect(await events(conversationId)).toEqual([1, 2, 3])
  })

  test('of two agents who take a conversation at once one gets it, and the other is told', async () => {
    const conversationId = await aConversation(db, shop)
    const [second] = await db.query<{ id: string }>(
      `insert into agents (workspace_id, name, email) values ($1, 'Bob', $2) returning id`,
      [shop.workspaceId, `${randomUUID()}@shop.example`],
    )
    await db.query('insert into inbox_agents values ($1, $2, $3)', [shop.workspaceId, shop.inboxId, second!.id])
    const take = (agentId: string) => db.query('select assign_conversation($1, $2, $1)', [agentId, conversationId])
    const taken = await Promise.allSettled([take(shop.agentId), take(second!.id)])
    expect(taken.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(taken.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'already_assigned' } })
  })

  test('a list cursor taken while others write misses none of their conversations', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => aConversation(db, shop)))
    const digest = async (cursor: string | null) =>
      (
        await db.query<{ answer: { cursor: string; heads: { conversationId: string; seq: number }[] } }>(
          `select sync($1, 'contact', $2, $3, '[]', 200, 100) as answer`,
          [shop.workspaceId, shop.contactId, cursor],
        )
      )[0]!.answer
    const seen = new Map<string, number>()
    let { cursor } = await digest(null)
    let writing = true
    const writers = Promise.all(ids.map((id) => send(db, ['contact', shop.contactId], id, 'again'))).then(
      () => (writing = false),
    )
    const look = async () => {
      const answer = await digest(cursor)
      cursor = answer.cursor
      for (const head of answer.heads) seen.set(head.conversationId, head.seq)
    }
    while (writing) await look()
    await writers
    await look()
    expect(ids.map((id) => seen.get(id))).toEqual(ids.map(() => 3))
  })
})
