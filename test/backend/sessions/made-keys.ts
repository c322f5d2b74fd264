import { generateKeyPairSync } from 'node:crypto'
import type { PrivateJwk } from '../../../backend/sessions/signing-key.js'

const jwkOf = (pair: { privateKey: { export(options: { format: 'jwk' }): object } }, more: object): PrivateJwk => ({
  ...pair.privateKey.export({ format: 'jwk' }),
  ...more,
})
export const ec = (kid: string, namedCurve = 'P-256') =>
  jwkOf(generateKeyPairSync('ec', { namedCurve }), { kid, alg: 'ES256', key_ops: ['sign', 'verify'] })
export const rsa = (kid: string, modulusLength = 2048) =>
  jwkOf(generateKeyPairSync('rsa', { modulusLength }), { kid, alg: 'RS256' })
export const publicPart = ({ kty, kid, alg, crv, x, y, n, e }: PrivateJwk): PrivateJwk => ({
  kty,
  kid,
  alg,
  crv,
  x,
  y,
  n,
  e,
})
