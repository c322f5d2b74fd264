import { expect, test } from 'vitest'
import { fieldProblems, originsOf } from '../../examples/console/inbox-fields.js'
import { isGood, lookOf } from '../../examples/console/contrast.js'
import { timeAgo } from '../../examples/console/time.js'
import { contactName, isSignedOut, presenceLine, refusal } from '../../examples/console/wording.js'
import { ChatError } from '../../sdk/agent.js'

test('a visitor without a name is told apart by the end of the id', () => {
  expect(contactName({ id: '0198f000-0000-7000-8000-0000abcd3f2a', name: ' ' })).toBe('Visitor 3f2a')
  expect(contactName({ id: '0198f000-0000-7000-8000-0000abcd3f2a', name: 'Grace' })).toBe('Grace')
})

test('a refused act says why in the words of an agent', () => {
  expect(refusal(new ChatError('already_assigned', 'unable to assign; taken'))).toBe(
    'Another agent has this conversation.',
  )
  expect(refusal(new ChatError('rate_limited', 'unable to send; slow down', { retryAfterMs: 1_400 }))).toBe(
    'Too many requests. Try again in 2 seconds.',
  )
  expect(refusal(new ChatError('too_large', 'unable to send message; it is too long'))).toBe('It is too long.')
  expect(refusal(new TypeError('x is not a function'))).toBe('Something went wrong. Try again.')
})

test('only an ended session leads back to the sign-in page', () => {
  expect(isSignedOut(new ChatError('token_missing', 'unable to x; y'))).toBe(true)
  expect(isSignedOut(new ChatError('forbidden', 'unable to x; y'))).toBe(false)
  expect(isSignedOut(null)).toBe(false)
})

test('what the API has against an inbox stands at its field', () => {
  const refused = new ChatError('invalid_request', 'unable to save inbox; look', {
    fields: [
      { path: 'allowedOrigins.1', message: 'is not an exact origin' },
      { path: 'settings.color', message: 'is not a colour' },
      { path: 'elsewhere', message: 'is unknown' },
    ],
  })
  expect(fieldProblems(refused)).toEqual({ origins: 'Line 2 is not an exact origin.', color: 'This is not a colour.' })
  expect(fieldProblems(new ChatError('network', 'unable to x; y'))).toEqual({})
})

test('origins are the lines that say something, each once', () => {
  expect(originsOf(' https://a.example/ \n\nhttps://b.example\nhttps://a.example')).toEqual([
    'https://a.example',
    'https://b.example',
  ])
})

test('a colour tells its letters and whether it shows on white', () => {
  const onWhite = (color: string) => lookOf(color)?.checks.find(({ id }) => id === 'white')
  expect(lookOf('#000000')).toMatchObject({ letters: 'white', checks: [{ id: 'letters', contrast: 21 }, {}, {}, {}] })
  expect(isGood(onWhite('#000000')!)).toBe(true)
  expect(lookOf('#ffd43b')).toMatchObject({ letters: 'black' })
  expect(isGood(onWhite('#ffd43b')!)).toBe(false)
  expect(lookOf('red')).toBeNull()
})

test('the age of a row is as short as it can be', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const ago = (minutes: number) => timeAgo(new Date(now - minutes * 60_000).toISOString(), now)
  expect([0, -5, 5, 59, 60, 60 * 23, 60 * 24, 60 * 24 * 6].map(ago)).toEqual([
    'now',
    'now',
    '5m',
    '59m',
    '1h',
    '23h',
    '1d',
    '6d',
  ])
})

test('a contact is online, away, or was last seen some time ago', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const line = (state: 'online' | 'away' | 'offline', agoMs: number | null = null) =>
    presenceLine({ name: 'Grace', state, lastSeenAt: agoMs === null ? null : now - agoMs }, now)
  expect([line('online'), line('away', 50_000), line('offline')]).toEqual(['Online', 'Away', 'Offline'])
  expect([line('offline', 310_000), line('offline', 7_300_000)]).toEqual(['Last seen 5m ago', 'Last seen 2h ago'])
})
