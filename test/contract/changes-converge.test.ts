import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../../backend/db/client.js'
import type { EventPage, MessagePage } from '../../sdk/protocol/index.js'
import { applyEvent, emptyThread, type ThreadState } from '../../sdk/thread.js'
import { applyPage } from '../../sdk/thread-page.js'
import { engines, testDatabase } from '../support/database.js'
import { aConversation, aShop, send, type Shop } from './shop.js'

const who = fc.constantFrom('contact' as const, 'agent' as const)
const which = fc.nat({ max: 20 })
const act = fc.oneof(
  fc.record({ act: fc.constant('send' as const), who }),
  fc.record({ act: fc.constant('edit' as const), which }),
  fc.record({ act: fc.constant('delete' as const), which }),
  fc.record({ act: fc.constant('react' as const), who, which, emojis: fc.subarray(['👍', '❤️', '🎉']) }),
  fc.record({ act: fc.constant('assign' as const), isTaken: fc.boolean() }),
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

describe.each(engines)('changes and pages of them on %s', (engine) => {
  let db: Db
  let shop: Shop
  beforeAll(async () => {
    db = await testDatabase(engine)
    shop = await aShop(db)
  })
  afterAll(() => db.close())

  const ask = async <T>(call: string, ...params: unknown[]) =>
    (await db.query<{ answer: T }>(`select ${call} as answer`, params))[0]!.answer
  const idOf = (kind: 'contact' | 'agent') => (kind === 'contact' ? shop.contactId : shop.agentId)
  const page = (conversationId: string, beforeSeq: number | null, limit: number) =>
    ask<MessagePage>(
      'message_page($1, $2, $3, $4, null, $5)',
      'contact',
      shop.contactId,
      conversationId,
      beforeSeq,
      limit,
    )
  const eventsAfter = async (conversationId: string, seq: number) =>
    (await ask<EventPage>('event_page($1, $2, $3, $4, 200)', 'agent', shop.agentId, conversationId, seq)).items

  async function perform(conversationId: string, one: Act): Promise<void> {
    if (one.act === 'send') return void (await send(db, [one.who, idOf(one.who)], conversationId, randomUUID()))
    if (one.act === 'assign')
      return ask('assign_conversation($1, $2, $3)', shop.agentId, conversationId, one.isTaken ? shop.agentId : null)
    const { items } = await page(conversationId, null, 200)
    const message = items[one.which % items.length]!
    if (message.deletedAt) return
    const actor = one.act === 'react' ? [one.who, idOf(one.who)] : [message.author.type, message.author.id]
    const place = [...actor, conversationId, message.id, randomUUID()]
    if (one.act === 'edit') await ask('edit_message($1, $2, $3, $4, $5, $6, null)', ...place, randomUUID())
    if (one.act === 'delete') await ask('delete_message($1, $2, $3, $4, $5)', ...place)
    if (one.act === 'react') await ask('react_to_message($1, $2, $3, $4, $5, $6)', ...place, one.emojis)
  }

  test('I8 a snapshot and the events since then are the snapshot of now, in any order and with older pages after', async () => {
    const history = fc.array(act, { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(history, history, fc.nat(), async (before, after, salt) => {
        const conversationId = await aConversation(db, shop)
        for (const one of before) await perform(conversationId, one)
        const newest = await page(conversationId, null, 3)
        const earlier = newest.hasMore ? await page(conversationId, newest.items[0]!.seq, 200) : null
        for (const one of after) await perform(conversationId, one)
        const events = await eventsAfter(conversationId, newest.head)
        const shuffled = [...events, ...events.filter((_, at) => (salt >> at) & 1)].sort(
          (one, other) => ((one.seq * (salt | 1)) % 17) - ((other.seq * (salt | 1)) % 17),
        )

        let state: ThreadState = applyPage(emptyThread, newest, true)
        const early = salt % (shuffled.length + 1)
        state = shuffled.slice(0, early).reduce(applyEvent, state)
        if (earlier) state = applyPage(state, earlier, false)
        state = shuffled.slice(early).reduce(applyEvent, state)

        const now = await page(conversationId, null, 200)
        expect(state.messages).toEqual(now.items)
        expect([state.cursor, state.below, state.ahead]).toEqual([now.head, [], []])
      }),
      // a contact may begin thirty conversations in an hour
      { numRuns: 15 },
    )
  }, 60_000)

  test('I9 an event over the size of a frame is told by its place only', async () => {
    const conversationId = await aConversation(db, shop)
    const { event } = await send(db, ['contact', shop.contactId], conversationId, 'short')
    await ask(
      'edit_message($1, $2, $3, $4, $5, $6, null)',
      ...['contact', shop.contactId, conversationId, event.messageId, randomUUID(), 'x'.repeat(8_000)],
    )
    const told = await db.query<{ payload: Record<string, unknown> }>(
      `select payload - 'id' as payload from realtime.messages where topic = $1 and event = 'event' and payload ->> 'seq' = '4'`,
      [`conversation:${conversationId}`],
    )
    expect(told).toEqual([{ payload: { conversationId, log: 'public', seq: 4, epoch: event.epoch } }])
  })
})
