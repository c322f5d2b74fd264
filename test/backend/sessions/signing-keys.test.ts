import { createPublicKey } from 'node:crypto'
import { createRemoteJWKSet, type JWK, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createTokens } from '../../../backend/sessions/issue-token.js'
import { createKeyring } from '../../../backend/sessions/keyring.js'
import { deriveKey } from '../../../backend/sessions/keys.js'
import type { PrivateJwk } from '../../../backend/sessions/signing-key.js'
import type { Problem } from '../../../sdk/protocol/index.js'
import { makeWorld, SECRET, type World, type WorldVisitor } from '../../support/world.js'
import { ec, publicPart, rsa } from './made-keys.js'

let world: World
let visitor: WorldVisitor
const startWith = (signingKeys?: PrivateJwk[]) => async () => {
  world = await makeWorld('pglite', { signingKeys })
  visitor = await world.visitor((await world.inbox()).key)
}
const published = () => world.caller().get<{ keys: JWK[] }>('/.well-known/jwks.json')
const verifyByUrl = (token: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL('/.well-known/jwks.json', world.url)), { audience: 'authenticated' })
/** The visitor's own claims, signed by others. */
async function signedBy(keys: Parameters<typeof createKeyring>[0]): Promise<string> {
  const { sub, workspace_id, inbox_id, sid } = await world.tokens.verify(visitor.token)
  const subject = { kind: 'contact', sub, workspace_id, inbox_id: inbox_id!, sid } as const
  return (await createTokens(createKeyring(keys)).issue(subject)).accessToken
}
const codeFor = async (token: string) => {
  const { status, body } = await world.caller({ authorization: `Bearer ${token}` }).get<Problem>('/v1/conversations')
  return status === 200 ? 'let in' : body.code
}
/** What realtime answers to a join of the visitor's own topic. */
function joinWith(token: string, apikey = visitor.session.realtime.apikey): Promise<unknown> {
  const { url } = visitor.session.realtime
  const ws = new WebSocket(`${url}/websocket?apikey=${apikey}&vsn=2.0.0`)
  const payload = { config: { private: true }, access_token: token }
  ws.on('open', () => ws.send(JSON.stringify(['1', '1', `realtime:contact:${visitor.id}`, 'phx_join', payload])))
  return new Promise((resolve, reject) => {
    ws.on('error', reject)
    ws.on('message', (data: Buffer) => {
      ws.terminate()
      resolve((JSON.parse(data.toString()) as unknown[])[4])
    })
  })
}
const joined = { status: 'ok', response: { postgres_changes: [] } }

describe.each([
  ['ES256', ec],
  ['RS256', rsa],
] as const)('with a signing key for %s', (alg, make) => {
  beforeAll(startWith([make('current'), make('next')]))
  afterAll(() => world.close())

  test('anyone verifies a token by the public keys, with the claims that Supabase asks for', async () => {
    const { payload, protectedHeader } = await verifyByUrl(visitor.token)
    expect(protectedHeader).toEqual({ alg, kid: 'current', typ: 'JWT' })
    const number = expect.any(Number)
    expect(payload).toMatchObject({
      role: 'authenticated',
      aud: 'authenticated',
      sub: visitor.id,
      iat: number,
      exp: number,
    })
    expect(payload.exp! - payload.iat!).toBe(15 * 60)
  })

  test('only public parts are published', async () => {
    const { status, headers, body } = await published()
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=600'])
    expect(body.keys.map(({ kid }) => kid)).toEqual(['current', 'next'])
    const names =
      alg === 'ES256' ? ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'] : ['alg', 'e', 'kid', 'kty', 'n', 'use']
    for (const key of body.keys) expect(Object.keys(key).sort()).toEqual(names)
  })

  test('API and realtime accept what the present key signed', async () => {
    expect(await codeFor(visitor.token)).toBe('let in')
    expect(await joinWith(visitor.token)).toEqual(joined)
  })
})

describe('with several keys', () => {
  const [current, before] = [ec('current'), rsa('before')]
  beforeAll(startWith([current, publicPart(before)]))
  afterAll(() => world.close())

  test('keys are changed without a refusal: the one before and the secret before it are accepted', async () => {
    for (const keys of [{ signingKeys: [before] }, { secret: deriveKey(SECRET, 'access tokens') }]) {
      const token = await signedBy(keys)
      expect(await codeFor(token)).toBe('let in')
      expect(await joinWith(token)).toEqual(joined)
    }
  })

  test('what another key signed is refused, and so is one that only bears a name of ours', async () => {
    const stranger = await signedBy({ signingKeys: [ec('stranger')] })
    expect(await codeFor(stranger)).toBe('token_invalid')
    const reason = 'JwtSignerError: Failed to generate JWT signer, check your JWT secret or JWKS configuration'
    expect(await joinWith(stranger)).toEqual({ status: 'error', response: { reason } })

    const namesake = await signedBy({ signingKeys: [ec('current')] })
    expect(await codeFor(namesake)).toBe('token_invalid')
    const forged = { status: 'error', response: { reason: 'JwtSignatureError: Failed to validate JWT signature' } }
    expect(await joinWith(namesake)).toEqual(forged)
  })

  test('a public key is no shared secret', async () => {
    const pem = createPublicKey({ key: current, format: 'jwk' }).export({ format: 'pem', type: 'spki' })
    const token = await new SignJWT({ ...(await world.tokens.verify(visitor.token)) })
      .setProtectedHeader({ alg: 'HS256', kid: 'current' })
      .sign(Buffer.from(pem))
    expect(await codeFor(token)).toBe('token_invalid')
  })
})

describe('with a shared secret', () => {
  beforeAll(startWith())
  afterAll(() => world.close())

  test('while a shared secret signs, no key is published', async () => {
    expect((await published()).body).toEqual({ keys: [] })
    await expect(verifyByUrl(visitor.token)).rejects.toThrow()
  })

  test('the embedded server gives out a publishable key, and takes no other', async () => {
    expect(visitor.session.realtime.apikey).toMatch(/^sb_publishable_[0-9a-f]{32}$/)
    expect(await joinWith(visitor.token)).toEqual(joined)
    const reason = `Unauthorized: You do not have permissions to read from this Channel topic: contact:${visitor.id}`
    expect(await joinWith(visitor.session.realtime.apikey)).toEqual({ status: 'error', response: { reason } })
    await expect(joinWith(visitor.token, 'sb_publishable_another')).rejects.toThrow('401')
  })
})
