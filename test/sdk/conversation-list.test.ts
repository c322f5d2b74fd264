import { expect, test } from 'vitest'
import { applyHeads, applyMarks, emptyList } from '../../sdk/conversation-list.js'
import { listedIn } from '../../sdk/conversation-view.js'
import { agent, aHead, seededRandom, shuffled, visitor } from './builders.js'

const ada = { type: 'agent', id: 'ada' } as const
const lastMessage = { preview: 'hello', author: visitor, at: '2026-11-21T10:00:00.000Z' }

test('heads and marks converge in any order, with repetitions', () => {
  const heads = [1, 2, 3, 4, 5].map((seq) => aHead({ seq, messageNo: seq, lastMessage }))
  const marks = [1, 2, 3].map((seq) => ({
    conversationId: 'c1',
    actor: ada,
    deliveredSeq: seq,
    readSeq: seq,
    readMessageNo: seq,
  }))
  for (let seed = 1; seed <= 50; seed++) {
    const random = seededRandom(seed)
    const state = shuffled([...heads, ...heads], random).reduce((s, head) => applyHeads(s, [head]), emptyList)
    const marked = shuffled([...marks, ...marks], random).reduce((s, mark) => applyMarks(s, [mark]), state)
    expect(listedIn(marked, 'all', ada)).toMatchObject([{ seq: 5, unread: 2 }])
  }
})

test('I11 one owns nothing unread in what one wrote last', () => {
  const state = applyHeads(emptyList, [aHead({ messageNo: 3, lastMessage: { ...lastMessage, author: agent } })])
  expect(listedIn(state, 'all', ada)).toMatchObject([{ unread: 0 }])
  expect(listedIn(state, 'all', visitor)).toMatchObject([{ unread: 3 }])
})

test('a conversation moves between views as its head changes', () => {
  const views = (state: typeof emptyList) =>
    (['open', 'mine', 'unassigned', 'resolved', 'all'] as const).filter((view) => listedIn(state, view, ada).length)
  const fresh = applyHeads(emptyList, [aHead({ seq: 1 })])
  const taken = applyHeads(fresh, [aHead({ seq: 2, assigneeId: 'ada' })])
  const done = applyHeads(taken, [aHead({ seq: 3, assigneeId: 'ada', status: 'resolved' })])
  expect(views(fresh)).toEqual(['open', 'unassigned', 'all'])
  expect(views(taken)).toEqual(['open', 'mine', 'all'])
  expect(views(done)).toEqual(['resolved', 'all'])
})

test('newest activity comes first, and nothing from below the loaded pages', () => {
  const at = (conversationId: string, hour: number) =>
    aHead({ conversationId, lastMessage: { ...lastMessage, at: `2026-11-21T0${hour}:00:00.000Z` } })
  const state = applyHeads(emptyList, [at('a', 1), at('b', 3), at('c', 2)])
  expect(listedIn(state, 'all', ada).map((row) => row.conversationId)).toEqual(['b', 'c', 'a'])
  expect(listedIn(state, 'all', ada, '2026-11-21T02').map((row) => row.conversationId)).toEqual(['b', 'c'])
})
