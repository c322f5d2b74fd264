import { expect, test } from 'vitest'
import { hrefOf, linkTokenOf, parseRoute, type Route } from '../../examples/console/router.js'

const routes: Route[] = [
  { page: 'conversations', view: 'open', conversationId: null },
  { page: 'conversations', view: 'mine', conversationId: '0198f000-0000-7000-8000-000000000001' },
  { page: 'inboxes', inboxId: null },
  { page: 'inboxes', inboxId: 'new' },
]

test.each(routes)('a route survives the address bar: %o', (route) => {
  expect(parseRoute(hrefOf(route))).toEqual(route)
})

test.each(['', '#', '#/', '#/all/1', '#/nowhere', '#/nowhere/1', '#link=abc'])(
  'an address that names nothing leads to the open conversations: %s',
  (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'conversations', view: 'open', conversationId: null })
  },
)

test('an id is not taken from an address that is no id', () => {
  expect(parseRoute('#/open/<script>')).toEqual({ page: 'conversations', view: 'open', conversationId: null })
})

test('the token of a sign-in link is found, and nothing else is taken for one', () => {
  expect(linkTokenOf('#link=a-B_9')).toBe('a-B_9')
  expect(linkTokenOf('#/open/link')).toBeNull()
  expect(linkTokenOf('#link=')).toBeNull()
})
