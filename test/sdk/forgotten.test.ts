import { beforeAll, expect, test, vi } from 'vitest'
import { aVisitor, lines } from './fake-visitor.js'

beforeAll(() => void vi.stubGlobal('WebSocket', undefined))

test.each([
  ['who writes', true],
  ['who only looks', false],
])(
  'O10 a visitor %s, and whom the server forgets meanwhile, is signed out, and what they had kept shown to the next',
  async (_, writes) => {
    const { open, clock, until, world, rows, shown } = aVisitor()
    const one = open()
    await until(() => one.chat.connect())
    const conversation = one.chat.newConversation()
    await conversation.messages.send({ body: 'first' }).sent
    const told: string[] = []
    one.chat.on('signOut', () => told.push('here'))
    world.fate = 'never arrived'
    if (writes) await conversation.messages.send({ body: 'whose?' }).queued
    world.contactId = 'another visitor'
    rows.length = 0
    // beyond the life of a token
    await clock.advance(60 * 60_000)
    await until(() => expect(told).toEqual(['here']))
    expect([one.chat.session.getSnapshot(), one.chat.conversations.getSnapshot().items]).toEqual([null, []])
    world.fate = 'stored'
    await until(() => one.chat.connect())
    expect(one.chat.session.getSnapshot()?.contact.id).toBe('another visitor')
    const next = shown(one.chat)
    expect(lines(next)).toEqual(writes ? ['whose? failed'] : [])
    for (const item of next.thread.getSnapshot().items) next.messages.retry(item.key)
    next.messages.send({ body: 'hello again' })
    const all = [...(writes ? ['whose?'] : []), 'hello again']
    await until(() => expect(rows.map(({ body }) => body).sort()).toEqual(all.sort()))
    expect([told, one.chat.connection.getSnapshot().phase]).toEqual([['here'], 'degraded'])
  },
)
