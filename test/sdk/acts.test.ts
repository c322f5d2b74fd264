import { expect, test } from 'vitest'
import { insist } from '../../sdk/insist.js'
import { createMessageActs } from '../../sdk/message-acts.js'
import { type ChatEvent, ChatError, MAX_BODY_CHARS, type Message, type Typing } from '../../sdk/protocol/index.js'
import { createStore } from '../../sdk/store.js'
import { toThread } from '../../sdk/thread-items.js'
import { anchorAtStart, applyEvent, applyHead, applyReceipts, emptyThread } from '../../sdk/thread.js'
import { createTypist, type TypingPerson } from '../../sdk/typing.js'
import { agent, aHead, aMessage, aMessageEvent, visitor } from './builders.js'
import { fakeClock, settled } from './fake-clock.js'

type Post = (route: string, asked: { body?: { emojis?: string[] }; query?: object }) => Promise<ChatEvent>

/** A conversation of one own message, whose acts are answered by `post`. */
function aDesk(post: Post, message: Partial<Message> = {}) {
  const clock = fakeClock()
  const ended = new AbortController()
  const start = anchorAtStart({ ...emptyThread, conversationId: 'c1' })
  let state = applyEvent(start, aMessageEvent(1, { author: visitor, body: 'helo', ...message }))
  const desk = {
    clock,
    random: () => 0.5,
    me: () => visitor,
    signal: ended.signal,
    state: () => state,
    update: (next: typeof state) => void (state = next),
    call: post as never,
    insist,
  }
  const shown = () => {
    const item = toThread(state, visitor, { isLoading: false, isLoadingEarlier: false, error: null }).items[0]!
    return item.kind === 'message' ? item : undefined
  }
  const heard = (event: ChatEvent) => (state = applyEvent(state, event))
  return { acts: createMessageActs(desk), desk, clock, shown, heard }
}
const answered = (seq: number, message: Partial<Message>): ChatEvent => ({
  ...aMessageEvent(seq),
  type: 'message.edited',
  data: { message: aMessage(1, { author: visitor, revSeq: seq, ...message }) },
})

test('I8 an edit shows at once, and what the server stored after it', async () => {
  let answer = (_event: ChatEvent) => {}
  const { acts, shown } = aDesk(() => new Promise((resolve) => (answer = resolve)))
  const done = acts.edit('message-1', 'hello')
  expect(shown()?.message).toMatchObject({ body: 'hello', revSeq: 1 })
  await settled()
  answer(answered(2, { body: 'hello', editedAt: 'now' }))
  await done
  expect(shown()?.message).toMatchObject({ body: 'hello', revSeq: 2, editedAt: 'now' })
})

test('a refused change is taken back and says why', async () => {
  const refused = new ChatError('forbidden', 'unable to do what was asked; the time is over')
  const { acts, shown } = aDesk(() => Promise.reject(refused))
  for (const act of [
    () => acts.edit('message-1', 'hello'),
    () => acts.react('message-1', '👍', true),
    () => acts.delete('message-1'),
  ])
    await expect(act()).rejects.toBe(refused)
  expect(shown()?.message).toEqual(aMessage(1, { author: visitor, body: 'helo' }))
})

test('I2 a change whose outcome is unknown is asked again under its first key', async () => {
  const keys: unknown[] = []
  const { acts, clock } = aDesk(async (_route, { query }) => {
    keys.push(query)
    if (keys.length < 3) throw new ChatError('network', 'unable to reach the server; there is no connection')
    return answered(2, { body: '', deletedAt: 'now' })
  })
  const done = acts.delete('message-1')
  await clock.advance(60_000)
  await done
  expect(keys).toEqual([keys[0], keys[0], keys[0]])
})

test('reactions say all that this person has on the message, one after the other', async () => {
  const said: unknown[] = []
  const { acts, shown } = aDesk(async (_route, { body }) => {
    said.push(body!.emojis)
    const reactions = body!.emojis!.map((emoji) => ({ emoji, actorIds: ['visitor'] }))
    return answered(1 + said.length, { reactions })
  })
  await Promise.all([
    acts.react('message-1', '👍', true),
    acts.react('message-1', '🎉', true),
    acts.react('message-1', '👍', false),
  ])
  expect(said).toEqual([['👍'], ['👍', '🎉'], ['🎉']])
  expect(shown()?.reactions).toEqual([{ emoji: '🎉', count: 1, own: true }])
})

test('a deleted, unknown, blank or overlong message is not even asked about', async () => {
  const { acts } = aDesk(() => Promise.reject(new Error('asked')), { body: '', deletedAt: 'before' })
  await expect(acts.edit('message-1', 'x')).rejects.toMatchObject({ code: 'gone' })
  await expect(acts.react('message-2', '👍', true)).rejects.toMatchObject({ code: 'not_found' })
  for (const body of [' ', 'x'.repeat(MAX_BODY_CHARS + 1)])
    await expect(acts.edit('message-1', body)).rejects.toMatchObject({ code: 'invalid_request' })
})

/** A visitor who knows that Ada takes part. */
function aTypist() {
  const { desk, clock, heard } = aDesk(() => Promise.reject(new Error('asked')))
  const said: Typing[] = []
  const typing = createStore<readonly TypingPerson[]>([])
  const receipt = { conversationId: 'c1', actor: agent, deliveredSeq: 1, readSeq: 0, readMessageNo: 0 }
  desk.update(applyReceipts(applyHead(desk.state(), aHead()), [receipt]))
  const typist = createTypist({ ...desk, typing, say: (payload) => void said.push(payload) })
  const forgetPeople = () => desk.update({ ...desk.state(), head: null, receipts: [] })
  return { typist, clock, forgetPeople, said, heard, names: () => typing.getSnapshot().map(({ actorId }) => actorId) }
}

test('I12 typing is shown until it is over by the own clock, however long it claims to last', async () => {
  const { typist, clock, names } = aTypist()
  typist.heard({ actorId: 'ada', ttlMs: 3_600_000 })
  expect(names()).toEqual(['ada'])
  await clock.advance(5_000)
  typist.heard({ actorId: 'ada', ttlMs: 6_000 })
  await clock.advance(5_999)
  expect(names()).toEqual(['ada'])
  await clock.advance(1)
  expect(names()).toEqual([])
})

test('I12 typing that is not said again lasts no longer than allowed', async () => {
  const { typist, clock, names } = aTypist()
  typist.heard({ actorId: 'ada', ttlMs: 3_600_000 })
  await clock.advance(6_000)
  expect(names()).toEqual([])
})

test("I12 typing ends with that person's message, or when they say so", () => {
  const { typist, heard, names } = aTypist()
  typist.heard({ actorId: 'ada', ttlMs: 6_000 })
  heard(aMessageEvent(2, { author: visitor }))
  typist.changed()
  expect(names()).toEqual(['ada'])
  heard(aMessageEvent(3, { author: agent }))
  typist.changed()
  expect(names()).toEqual([])
  typist.heard({ actorId: 'ada', ttlMs: 6_000 })
  typist.heard({ actorId: 'ada', ttlMs: 0 })
  expect(names()).toEqual([])
})

test('I12 typing ends when they say so, also while nothing is known of them', () => {
  const { typist, forgetPeople, names } = aTypist()
  typist.heard({ actorId: 'ada', ttlMs: 6_000 })
  forgetPeople()
  typist.heard({ actorId: 'ada', ttlMs: 0 })
  expect(names()).toEqual([])
  typist.heard({ actorId: 'ada', ttlMs: 6_000 })
  expect(names()).toEqual([])
})

test('I12 typing that came just before the message, and is only heard after it, is not shown', () => {
  const { typist, heard, names } = aTypist()
  heard(aMessageEvent(2, { author: agent }))
  typist.heard({ actorId: 'ada', ttlMs: 6_000 }, 1)
  expect(names()).toEqual([])
  typist.heard({ actorId: 'ada', ttlMs: 6_000 }, 2)
  expect(names()).toEqual(['ada'])
})

test('I14 typing of oneself, of a stranger, or of nobody is not shown', () => {
  const { typist, names } = aTypist()
  const odd = [{ actorId: 'visitor', ttlMs: 6_000 }, { actorId: 'eve', ttlMs: 6_000 }, { actorId: 'ada' }, {}]
  for (const payload of odd) typist.heard(payload as Typing)
  expect(names()).toEqual([])
})

test('typing is said at most every three seconds, and its end once', async () => {
  const { typist, clock, said } = aTypist()
  for (let pressed = 0; pressed < 40; pressed++) {
    typist.start()
    await clock.advance(100)
  }
  typist.stop()
  typist.stop()
  expect(said.map(({ ttlMs }) => ttlMs)).toEqual([6_000, 6_000, 0])
})
