import { afterEach, describe, expect, test } from 'vitest'
import { Buckets, defaultRates } from '../../../backend/http/buckets.js'
import type { ChatError, Problem } from '../../../sdk/protocol/index.js'
import { makeWorld, type World } from '../../support/world.js'

const SESSIONS = '/v1/visitor/sessions'

describe('a bucket', () => {
  const rates = { ...defaultRates, write: { contact: { burst: 3, perSecond: 0.5 }, inbox: { burst: 4, perSecond: 1 } } }
  const refusalOf = (act: () => void) => {
    try {
      act()
      return null
    } catch (error) {
      return error as ChatError
    }
  }

  test('lets a burst through, then refuses and says how long to wait', () => {
    const buckets = new Buckets(rates, () => 0)
    for (const _ of [1, 2, 3]) expect(refusalOf(() => buckets.take('write', { contact: 'a' }))).toBeNull()
    expect(refusalOf(() => buckets.take('write', { contact: 'a' }))).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 2_000,
    })
  })

  test('is open again after the wait it told, and not before', () => {
    let now = 0
    const buckets = new Buckets(rates, () => now)
    for (const _ of [1, 2, 3]) buckets.take('write', { contact: 'a' })
    now = 1_999
    expect(refusalOf(() => buckets.take('write', { contact: 'a' }))).not.toBeNull()
    now = 2_000
    expect(refusalOf(() => buckets.take('write', { contact: 'a' }))).toBeNull()
  })

  test('of one payer is not emptied by another, but one they share is', () => {
    const buckets = new Buckets(rates, () => 0)
    for (const _ of [1, 2, 3]) buckets.take('write', { contact: 'a', inbox: 'i' })
    expect(refusalOf(() => buckets.take('write', { contact: 'b', inbox: 'i' }))).toBeNull()
    expect(refusalOf(() => buckets.take('write', { contact: 'c', inbox: 'i' }))?.code).toBe('rate_limited')
    expect(refusalOf(() => buckets.take('write', { contact: 'c', inbox: 'j' }))).toBeNull()
  })
})

describe('the API', () => {
  let world: World
  afterEach(() => world.close())
  const tight = (trustedProxies?: string[]) =>
    makeWorld('pglite', {
      trustedProxies,
      rates: { ...defaultRates, session: { address: { burst: 2, perSecond: 0.1 } } },
    })
  const statusesOf = async (callers: Record<string, string>[]) => {
    const { key } = await world.inbox()
    const statuses: number[] = []
    for (const headers of callers)
      statuses.push((await world.caller(headers).post<Problem>(SESSIONS, { inboxKey: key })).status)
    return statuses
  }

  test('answers 429 with Retry-After to an address that goes on', async () => {
    world = await tight()
    expect(await statusesOf([{}, {}])).toEqual([201, 201])
    const refused = await world.caller().post<Problem>(SESSIONS, { inboxKey: 'any' })
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(10)
  })

  test('does not believe a forwarded address', async () => {
    world = await tight()
    const forwarded = ['1.1.1.1', '2.2.2.2', '3.3.3.3'].map((address) => ({ 'x-forwarded-for': address }))
    expect(await statusesOf(forwarded)).toEqual([201, 201, 429])
  })

  test('believes a trusted proxy, and it only as far as it saw', async () => {
    world = await tight(['loopback'])
    const forwarded = ['1.1.1.1', '2.2.2.2', '9.9.9.9, 3.3.3.3', '8.8.8.8, 3.3.3.3', '7.7.7.7, 3.3.3.3']
    const headers = forwarded.map((address) => ({ 'x-forwarded-for': address }))
    expect(await statusesOf(headers)).toEqual([201, 201, 201, 201, 429])
  })

  test('counts an IPv6 network as one', async () => {
    world = await tight(['loopback'])
    const forwarded = ['2001:db8::1', '2001:db8:0:0:1::', '2001:0db8:0000:0000::5', '2001:db8:0:1::1']
    const headers = forwarded.map((address) => ({ 'x-forwarded-for': address }))
    expect(await statusesOf(headers)).toEqual([201, 201, 429, 201])
  })

  test('counts guesses of one account’s password from any address', async () => {
    world = await makeWorld('pglite', {
      trustedProxies: ['loopback'],
      rates: {
        ...defaultRates,
        signIn: { address: { burst: 9, perSecond: 1 }, account: { burst: 1, perSecond: 0.1 } },
      },
    })
    const guess = (address: string, email: string) =>
      world
        .caller({ 'x-forwarded-for': address })
        .post<Problem>('/v1/auth/sign-in/email', { email, password: 'a guess' })
    expect((await guess('1.1.1.1', 'owner@example.com')).status).toBe(401)
    expect((await guess('2.2.2.2', 'Owner@example.com')).status).toBe(429)
    expect((await guess('2.2.2.2', 'other@example.com')).status).toBe(401)
  })
})
