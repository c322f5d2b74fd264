import { compactVerify, errors } from 'jose'
import type { Keyring } from '../sessions/keyring.js'
import { isObject, parseJson } from './wire.js'

/** End of the year 9999: a publishable key does not expire. */
const NEVER_S = 253_402_300_799
const ROLES = ['anon', 'authenticated', 'service_role']

/** Claims of a verified token, as the policies get to see them. */
export interface Claims {
  role: string
  /** Seconds since 1970. */
  exp: number
  [claim: string]: unknown
}

/** Why something is refused, in the words of Supabase's server: `reason` of a join is "<code>: <text>". */
export interface Refusal {
  code: string
  text: string
}

type Verdict = { claims: Claims; refusal?: undefined } | { claims?: undefined; refusal: Refusal }
export type VerifyToken = (token: string) => Promise<Verdict>

const malformed = { code: 'MalformedJWT', text: 'The token provided is not a valid JWT' }
const forged = { code: 'JwtSignatureError', text: 'Failed to validate JWT signature' }
const unsigned = {
  code: 'JwtSignerError',
  text: 'Failed to generate JWT signer, check your JWT secret or JWKS configuration',
}
const incomplete = { code: 'InvalidJWTToken', text: 'Fields `role` and `exp` are required in JWT' }

export const expired = (exp: number, now = Date.now()): Refusal => ({
  code: 'InvalidJWTToken',
  text: `Token has expired ${Math.max(0, Math.floor(now / 1000 - exp))} seconds ago`,
})

/**
 * Accepts what one of `keys` signed for one of the three roles and has not expired; and `publishableKey`, which a
 * gateway of Supabase turns into a token of the role `anon`.
 */
export function tokenVerifier(keys: Pick<Keyring, 'find'>, publishableKey?: string): VerifyToken {
  return async (token) => {
    if (token === publishableKey) return { claims: { role: 'anon', exp: NEVER_S } }
    let payload: unknown
    try {
      const verified = await compactVerify(token.trim(), (header) => {
        const key = keys.find(header)
        if (!key) throw new errors.JWKSNoMatchingKey()
        return key
      })
      payload = parseJson(Buffer.from(verified.payload).toString('utf8'))
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return { refusal: unsigned }
      return { refusal: error instanceof errors.JWSInvalid ? malformed : forged }
    }
    if (!isObject(payload)) return { refusal: malformed }
    const { role, exp, iat } = payload
    if (typeof role !== 'string' || !ROLES.includes(role) || typeof exp !== 'number') return { refusal: incomplete }
    if (iat !== undefined && typeof iat !== 'number') return { refusal: malformed }
    if (exp * 1000 <= Date.now()) return { refusal: expired(exp) }
    return { claims: { ...payload, role, exp } }
  }
}
