import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTokens } from '../../../backend/sessions/issue-token.js'
import { createKeyring } from '../../../backend/sessions/keyring.js'
import { deriveKey } from '../../../backend/sessions/keys.js'
import type { Problem } from '../../../sdk/protocol/index.js'
import { makeWorld, SECRET, type World, type WorldVisitor } from '../../support/world.js'

const PATH = '/v1/visitor/sessions'
const key = deriveKey(SECRET, 'access tokens')
let world: World
let visitor: WorldVisitor
beforeAll(async () => {
  world = await makeWorld()
  visitor = await world.visitor((await world.inbox()).key)
})
afterAll(() => world.close())

const claimsOf = () => world.tokens.verify(visitor.token)
const codeFor = async (token: string) =>
  (await world.caller({ authorization: `Bearer ${token}` }).delete<Problem>(PATH)).body.code
const signed = (claims: object, secret = key, alg = 'HS256') =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg }).sign(Buffer.from(secret))

test('a good token of a session that stands is let in', async () => {
  const other = await world.visitor((await world.inbox()).key)
  expect((await other.delete(PATH)).status).toBe(204)
})

test('an expired token says so, so that a client renews it', async () => {
  const past = createTokens(createKeyring({ secret: key }), () => Date.now() - 16 * 60_000)
  const { sub, workspace_id, inbox_id, sid } = await claimsOf()
  const { accessToken } = await past.issue({ kind: 'contact', sub, workspace_id, inbox_id: inbox_id!, sid })
  expect(await codeFor(accessToken)).toBe('token_expired')
})

test('a token that was let in before is refused once it has expired', async () => {
  const { sub, workspace_id, inbox_id, sid } = await claimsOf()
  let now = Date.now()
  const tokens = createTokens(createKeyring({ secret: key }), () => now)
  const { accessToken } = await tokens.issue({ kind: 'contact', sub, workspace_id, inbox_id: inbox_id!, sid })
  const first = await tokens.verify(accessToken)
  now += 14 * 60_000
  expect(await tokens.verify(accessToken)).toEqual(first)
  now += 2 * 60_000
  await expect(tokens.verify(accessToken)).rejects.toMatchObject({ code: 'token_expired' })
})

test('a token signed by another secret, or by nobody, is refused', async () => {
  const claims = await claimsOf()
  expect(await codeFor(await signed(claims, 'another secret of the same length or so'))).toBe('token_invalid')
  expect(await codeFor(await signed(claims, key, 'HS384'))).toBe('token_invalid')
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  expect(await codeFor(`${encoded({ alg: 'none' })}.${encoded(claims)}.`)).toBe('token_invalid')
  expect(await codeFor('no token at all')).toBe('token_missing')
  expect(await codeFor('none')).toBe('token_invalid')
})

test('a token of somebody else’s session, or of no kind, is refused', async () => {
  const claims = await claimsOf()
  const other = await world.visitor((await world.inbox()).key)
  expect(await codeFor(await signed({ ...claims, sub: other.id }))).toBe('token_invalid')
  expect(await codeFor(await signed({ ...claims, kind: 'agent' }))).toBe('token_invalid')
  expect(await codeFor(await signed({ ...claims, kind: undefined }))).toBe('token_invalid')
  expect(await codeFor(await signed({ ...claims, sid: "' or true" }))).toBe('token_invalid')
})

test('the realtime key is nobody’s token', async () => {
  expect(await codeFor(visitor.session.realtime.apikey)).toBe('token_invalid')
})

test('an agent is not let in where visitors go', async () => {
  const agent = await world.agent(await world.workspace())
  expect(await agent.delete<Problem>(PATH)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
})

test('a refused token is told how to come again', async () => {
  const missing = await world.caller().delete<Problem>(PATH)
  expect(missing).toMatchObject({ status: 401, body: { code: 'token_missing' } })
  expect(missing.headers.get('www-authenticate')).toBe('Bearer realm="parley"')
  const wrong = await world.caller({ authorization: 'Bearer none' }).delete<Problem>(PATH)
  expect(wrong.headers.get('www-authenticate')).toBe('Bearer realm="parley", error="invalid_token"')
})
