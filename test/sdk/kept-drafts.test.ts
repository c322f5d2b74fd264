import { beforeAll, expect, test, vi } from 'vitest'
import type { Clock } from '../../sdk/clock.js'
import { indexedShelf } from '../../sdk/indexed-shelf.js'
import { type ConversationStart, MAX_BODY_CHARS } from '../../sdk/protocol/index.js'
import type { FakeTab } from './fake-browser.js'
import { problem } from './fake-server.js'
import { aVisitor, lines } from './fake-visitor.js'

beforeAll(() => void vi.stubGlobal('WebSocket', undefined))

const DAY_MS = 24 * 60 * 60_000

/** A visitor with a conversation that has begun, and one tab that is connected. */
async function begun() {
  const visitor = aVisitor()
  const one = visitor.open()
  await visitor.until(() => one.chat.connect())
  const conversation = one.chat.newConversation()
  await conversation.messages.send({ body: 'first' }).sent
  return { ...visitor, one, conversation }
}

test('O1 a draft outlives the kill of its page, and goes out once when the next one connects', async () => {
  const { open, until, one, conversation, world, rows, posts, shown } = await begun()
  world.fate = 'never arrived'
  const { queued, idempotencyKey } = conversation.messages.send({ body: 'kept' })
  expect(await queued).toEqual({ durability: 'durable' })
  one.kill()
  const two = open()
  await until(() => two.chat.connect())
  await until(() => expect(lines(shown(two.chat)).at(-1)).toMatch(/^kept (queued|sending)$/))
  shown(two.chat).open()
  world.fate = 'stored'
  await until(() => expect(rows.map(({ body }) => body)).toEqual(['first', 'kept']))
  await until(() => expect(lines(shown(two.chat)).at(-1)).toBe('kept sent'))
  expect(posts.filter((key) => key === idempotencyKey).length).toBeGreaterThan(1)
  two.kill()
  // nothing of it is left for the one after
  const before = posts.length
  const three = open()
  await until(() => three.chat.connect())
  await until(() => expect(three.chat.connection.getSnapshot().phase).toBe('degraded'))
  expect(posts.length).toBe(before)
})

test.each(['never arrived', 'stored, but unanswered'] as const)(
  'O1 a conversation whose first message %s is begun once, and a new conversation after a kill is that one',
  async (fate) => {
    const { open, until, world, rows, server } = aVisitor()
    const one = open()
    world.fate = fate
    await until(() => one.chat.connect())
    const conversation = one.chat.newConversation({ subject: 'Norway' })
    for (const body of ['one', 'two']) await conversation.messages.send({ body }).queued
    await until(() => expect(server.asked('POST /v1/conversations').length).toBe(1))
    one.kill()
    world.isListed = false
    const two = open()
    await until(() => two.chat.connect())
    const restored = two.chat.newConversation()
    await until(() => expect(lines(restored).map((line) => line.split(' ')[0])).toEqual(['one', 'two']))
    world.fate = 'stored'
    await until(() => expect(lines(restored)).toEqual(['one sent', 'two sent']))
    expect(rows.map(({ body }) => body)).toEqual(['one', 'two'])
    const starts = server.asked('POST /v1/conversations').map(({ body }) => body as ConversationStart)
    expect(new Set(starts.map(({ idempotencyKey, subject }) => `${idempotencyKey} ${subject}`)).size).toBe(1)
  },
)

/** A database that a browser killed just before holds, so that Chromium fails to open it three times. */
const heldFor = (seconds: number, browser: FakeTab, clock: Clock) => {
  const { indexedDB } = browser
  let tries = 3
  const open = (...names: [string, number]) => {
    if (tries-- <= 0) return indexedDB!.open(...names)
    const request = { error: new DOMException('held', 'UnknownError'), onerror: () => {} }
    void clock.sleep((seconds * 1000) / 3).then(() => request.onerror())
    return request
  }
  browser.indexedDB = { open } as IDBFactory
}

test.each([
  ['9 s: so long the secret in it is waited for, and nobody is begun anew', 9, 1],
  ['20 s: it is the same person here, so what the database says late is shown', 20, 2],
])('O1 a draft goes out once a database can be opened that is held for %s', async (_, seconds, begins) => {
  const { open, until, one, conversation, world, rows, server, clock } = await begun()
  world.fate = 'never arrived'
  await conversation.messages.send({ body: 'kept' }).queued
  one.kill()
  world.fate = 'stored'
  const two = open((browser) => heldFor(seconds, browser, clock))
  await until(() => two.chat.connect())
  await until(() => expect(rows.map(({ body }) => body)).toEqual(['first', 'kept']))
  expect(server.asked('POST /v1/visitor/sessions').length).toBe(begins)
})

test('what is written before the list is known goes on with the newest conversation that is not resolved', async () => {
  const { open, until, one, rows, server, shown } = await begun()
  one.kill()
  const two = open()
  const early = two.chat.newConversation({ continues: true })
  for (const body of ['early', 'later']) await until(() => early.messages.send({ body }).queued)
  expect(lines(early)).toEqual(['early queued', 'later queued'])
  await until(() => two.chat.connect())
  await until(() => expect(rows.map(({ body }) => body)).toEqual(['first', 'early', 'later']))
  expect(server.asked('POST /v1/conversations').length).toBe(1)
  expect(shown(two.chat)).toBe(early)
  early.open()
  await until(() => expect(lines(early)).toEqual(['first sent', 'early sent', 'later sent']))
  expect(two.chat.newConversation()).not.toBe(early)
})

test('what was written before the list was known, and killed, goes on with that conversation too, and shows in it', async () => {
  const { open, until, one, rows, server, world } = await begun()
  one.kill()
  const two = open()
  world.fate = 'never arrived'
  await until(() => two.chat.newConversation({ continues: true }).messages.send({ body: 'early' }).queued)
  two.kill()
  const three = open()
  const looked = three.chat.conversation('c1')
  looked.open()
  await until(() => three.chat.connect())
  await until(() => expect(lines(looked)).toContainEqual(expect.stringMatching(/^early (queued|sending)$/)))
  world.fate = 'stored'
  await until(() => expect(rows.map(({ body }) => body)).toEqual(['first', 'early']))
  expect(server.asked('POST /v1/conversations').length).toBe(1)
})

test('O9 what was written before the list was known is nobody’s once they sign out while it loads', async () => {
  const { open, until, one, rows, server, world, clock } = await begun()
  one.kill()
  const two = open()
  world.fate = 'never arrived'
  await until(() => two.chat.newConversation({ continues: true }).messages.send({ body: 'early' }).queued)
  two.kill()
  world.fate = 'stored'
  const sync = server.handlers['POST /v1/sync']!
  let go = () => {}
  const asked = new Promise<void>((resolve) => (go = resolve))
  server.handlers['POST /v1/sync'] = (request) => asked.then(() => sync(request))
  const three = open()
  three.chat.connect().catch(() => {})
  // sending takes up what was kept
  three.chat
    .conversation('c1')
    .messages.send({ body: 'another' })
    .sent.catch(() => {})
  await until(() => expect(three.chat.session.getSnapshot()).not.toBeNull())
  await clock.advance(3_000)
  await until(() => three.chat.logout())
  world.contactId = 'another'
  go()
  await until(() => three.chat.connect())
  await clock.advance(60_000)
  expect(rows.map(({ body }) => body)).toEqual(['first'])
  expect([...lines(three.chat.conversation('c1')), ...lines(three.chat.newConversation())]).not.toContainEqual(
    expect.stringContaining('early'),
  )
})

test('what is written before the list is known begins a conversation where there is none to go on with', async () => {
  const { open, until, rows, server } = aVisitor()
  const { chat } = open()
  const early = chat.newConversation({ continues: true })
  const { sent } = early.messages.send({ body: 'first' })
  await until(() => chat.connect())
  await until(() => sent)
  expect(rows.map(({ body }) => body)).toEqual(['first'])
  expect([server.asked('POST /v1/conversations').length, early.id]).toEqual([1, 'c1'])
})

test('O4 drafts of a conversation keep their order over a kill, and what is written next goes after them', async () => {
  const { open, until, one, conversation, world, rows, shown } = await begun()
  world.fate = 'never arrived'
  for (const body of ['two', 'three', 'four']) await conversation.messages.send({ body }).queued
  one.kill()
  const next = open()
  const five = next.chat.conversation('c1').messages.send({ body: 'five' })
  world.fate = 'stored'
  await until(() => next.chat.connect())
  await five.sent
  expect(rows.map(({ body }) => body)).toEqual(['first', 'two', 'three', 'four', 'five'])
  expect(shown(next.chat)).toBe(next.chat.conversation('c1'))
})

test('O5 what was refused for good is still seen to be after a reload, and goes out when it is asked for', async () => {
  const { open, until, one, conversation, world, rows, shown, posts } = await begun()
  world.fate = 'forbidden'
  const { sent, idempotencyKey } = conversation.messages.send({ body: 'refused' })
  await expect(sent).rejects.toMatchObject({ code: 'forbidden' })
  await until(() => expect(lines(conversation)).toContain('refused failed'))
  one.kill()
  world.fate = 'stored'
  const two = open()
  await until(() => two.chat.connect())
  await until(() => expect(lines(shown(two.chat))).toContain('refused failed'))
  expect(rows.length).toBe(1)
  shown(two.chat).messages.retry(idempotencyKey)
  await until(() => expect(rows.at(-1)).toMatchObject({ body: 'refused', idempotencyKey }))
  expect(new Set(posts.slice(1))).toEqual(new Set([idempotencyKey]))
})

test('O5 a key that was used for another text is refused, and nothing is written', async () => {
  const { conversation, rows } = await begun()
  const { idempotencyKey } = rows[0]!
  const { sent } = conversation.messages.send({ body: 'another', idempotencyKey })
  await expect(sent).rejects.toMatchObject({ code: 'idempotency_mismatch' })
  expect(rows.map(({ body }) => body)).toEqual(['first'])
})

test('O6 two weeks by the clock of the server make a draft expire; it is seen, and goes out when it is asked for', async () => {
  const { open, until, one, conversation, world, rows, shown } = await begun()
  world.fate = 'never arrived'
  const { idempotencyKey, queued } = conversation.messages.send({ body: 'old' })
  await queued
  one.kill()
  world.fate = 'stored'
  world.serverMs += 15 * DAY_MS
  const two = open()
  await until(() => two.chat.connect())
  await until(() => expect(lines(shown(two.chat))).toContain('old failed'))
  expect(rows.length).toBe(1)
  shown(two.chat).messages.retry(idempotencyKey)
  await until(() => expect(rows.at(-1)?.body).toBe('old'))
})

test.each([365, -365])('O6 a clock of the device that is off by %i days makes nothing expire', async (days) => {
  const { open, until, one, conversation, world, rows, clock } = await begun()
  world.fate = 'never arrived'
  await conversation.messages.send({ body: 'young' }).queued
  one.kill()
  world.fate = 'stored'
  const now = clock.now
  clock.now = () => now() + days * DAY_MS
  const two = open()
  await until(() => two.chat.connect())
  await until(() => expect(rows.at(-1)?.body).toBe('young'))
})

test('O7 a body at the limit is kept and sent; one over it is refused and kept nowhere', async () => {
  const { conversation, rows, profile, until } = await begun()
  await conversation.messages.send({ body: 'x'.repeat(MAX_BODY_CHARS) }).sent
  expect(rows.at(-1)?.body.length).toBe(MAX_BODY_CHARS)
  const over = conversation.messages.send({ body: 'x'.repeat(MAX_BODY_CHARS + 1) })
  await expect(over.sent).rejects.toMatchObject({ code: 'invalid_request' })
  await until(() => expect(profile.strings.get('parley:demo:drafts')).toBeUndefined())
  expect(lines(conversation).length).toBe(2)
})

test('O8 a person has at most 500 drafts waiting, in all conversations together', async () => {
  const { one, conversation, world } = await begun()
  world.fate = 'never arrived'
  for (let at = 0; at < 500; at++) one.chat.conversation(`c${at % 3}`).messages.send({ body: `${at}` })
  await expect(conversation.messages.send({ body: 'more' }).sent).rejects.toMatchObject({ code: 'outbox_full' })
})

test.each([
  ['a private window without IndexedDB', 'session', { indexedDB: undefined }],
  ['a frame without any storage', 'memory', { indexedDB: undefined, localStorage: undefined }],
] as const)('O2 in %s a message is sent all the same, and says %s', async (_, durability, without) => {
  const { open, until, rows } = aVisitor()
  const { chat } = open((browser) => Object.assign(browser, without))
  await until(() => chat.connect())
  const { queued, sent } = chat.newConversation().messages.send({ body: 'hello' })
  expect(await queued).toEqual({ durability })
  await sent
  expect(rows.length).toBe(1)
})

test('O9 sign-out forgets drafts and secret, here and in every tab', async () => {
  const { open, until, one, conversation, world, rows, posts } = await begun()
  const two = open()
  await until(() => two.chat.connect())
  world.fate = 'never arrived'
  await conversation.messages.send({ body: 'mine' }).queued
  const told: string[] = []
  one.chat.on('signOut', () => told.push('here'))
  two.chat.on('signOut', () => told.push('there'))
  await one.chat.logout()
  await until(() => expect([one.chat, two.chat].map((chat) => chat.session.getSnapshot())).toEqual([null, null]))
  expect(told).toEqual(['there'])
  // a page that shows it still writes into nothing
  await expect(conversation.messages.send({ body: 'mine too' }).sent).rejects.toMatchObject({ code: 'user_changed' })
  expect(await indexedShelf(one.browser.indexedDB!, 'parley:demo').all()).toEqual([])
  world.fate = 'stored'
  world.contactId = 'somebody else'
  const before = posts.length
  const three = open()
  await until(() => three.chat.connect())
  await until(() => expect(three.chat.connection.getSnapshot().phase).toBe('degraded'))
  expect([posts.length, rows.length]).toEqual([before, 1])
})

test('O9 a draft that a slow database holds up is kept nowhere once its author has signed out', async () => {
  const { open, until, one, world, clock, profile } = await begun()
  one.kill()
  world.fate = 'never arrived'
  const { chat } = open((browser) => heldFor(30, browser, clock))
  await until(() => chat.connect())
  const { queued } = chat.conversation('c1').messages.send({ body: 'mine' })
  await clock.advance(500)
  await until(() => chat.logout())
  await clock.advance(60_000)
  expect(await queued).toEqual({ durability: 'memory' })
  expect([...profile.strings]).toEqual([])
  expect(await indexedShelf(profile.tab().indexedDB!, 'parley:demo').all()).toEqual([])
})

test('O10 a draft of a visitor whom nobody can be again is shown to the next one as failed, and not sent unasked', async () => {
  const { open, until, one, conversation, world, rows, shown } = await begun()
  world.fate = 'never arrived'
  await conversation.messages.send({ body: 'whose?' }).queued
  one.kill()
  world.fate = 'stored'
  world.contactId = 'another visitor'
  rows.length = 0
  const two = open()
  await until(() => two.chat.connect())
  await until(() => expect(lines(shown(two.chat))).toEqual(['whose? failed']))
  expect(rows).toEqual([])
})

test('P1 a draft of a visitor who turns out to be a user goes on as theirs, once', async () => {
  const { open, until, one, conversation, world, rows } = await begun()
  world.fate = 'never arrived'
  await conversation.messages.send({ body: 'mine' }).queued
  one.kill()
  Object.assign(world, { fate: 'stored', contactId: 'user', formerIds: ['visitor'] })
  const two = open()
  await until(() => two.chat.connect())
  await until(() => expect(rows.map(({ body }) => body)).toEqual(['first', 'mine']))
})

test('T6 what one tab sends is pending in the other at once, and there once in the end', async () => {
  const { open, until, one, conversation, world, rows } = await begun()
  const two = open()
  await until(() => two.chat.connect())
  const other = two.chat.conversation('c1')
  other.open()
  await until(() => expect(lines(other)).toEqual(['first sent']))
  world.fate = 'never arrived'
  const from = {
    leader: conversation.messages.send({ body: 'of one' }),
    follower: other.messages.send({ body: 'of two' }),
  }
  await until(() => expect([lines(conversation), lines(other)].map((all) => all.length)).toEqual([3, 3]))
  expect(from.follower.cancel()).toBe(false)
  world.fate = 'stored'
  await Promise.all([until(() => from.leader.sent), until(() => from.follower.sent)])
  await until(() => expect(rows.map(({ body }) => body)).toEqual(['first', 'of one', 'of two']))
  expect(one.browser.isVisible()).toBe(true)
})

test('T7 a leader killed while it sends is followed by a tab that finishes, once', async () => {
  const { open, until, one, conversation, world, rows } = await begun()
  const two = open()
  await until(() => two.chat.connect())
  world.fate = 'stored, but unanswered'
  conversation.messages.send({ body: 'half' })
  const waiting = two.chat.conversation('c1').messages.send({ body: 'of the other' })
  await until(() => expect(rows.length).toBe(2))
  one.kill()
  world.fate = 'stored'
  await until(() => waiting.sent)
  expect(rows.map(({ body }) => body)).toEqual(['first', 'half', 'of the other'])
})

test('T8 without Web Locks two tabs share a draft by a lease, and it is there once', async () => {
  const { open, until, world, rows } = aVisitor()
  const alone = () => open((browser) => delete browser.locks)
  const one = alone()
  await until(() => one.chat.connect())
  const conversation = one.chat.newConversation()
  await conversation.messages.send({ body: 'first' }).sent
  world.fate = 'stored, but unanswered'
  const { sent } = conversation.messages.send({ body: 'shared' })
  await until(() => expect(rows.length).toBe(2))
  const two = alone()
  await until(() => two.chat.connect())
  world.fate = 'stored'
  await until(() => sent)
  one.kill()
  await until(() => expect(lines(two.chat.conversation('c1')).filter((line) => line.endsWith('queued'))).toEqual([]))
  expect(rows.map(({ body }) => body)).toEqual(['first', 'shared'])
})

test('O3 what is taken back while the server wants patience is on no shelf, also without Web Locks', async () => {
  const { open, until, server, profile, clock } = aVisitor()
  const { chat } = open((browser) => delete browser.locks)
  await until(() => chat.connect())
  const conversation = chat.newConversation()
  await until(() => conversation.messages.send({ body: 'first' }).sent)
  server.handlers['POST /v1/conversations/c1/messages'] = () => problem('rate_limited', { 'retry-after': '30' })
  await until(() => conversation.messages.send({ body: 'refused' }).queued)
  await clock.advance(5_000)
  const another = chat.newConversation().messages.send({ body: 'another' })
  await until(() => another.queued)
  await clock.advance(100)
  expect(another.cancel()).toBe(true)
  await clock.advance(60_000)
  const kept = await indexedShelf(profile.tab().indexedDB!, 'parley:demo').all()
  expect(kept.map(({ body }) => body)).toEqual(['refused'])
})
