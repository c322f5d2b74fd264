import { errors as joseErrors, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { type AccessClaims, agentRoles, ChatError, type TokenGrant } from '../../sdk/protocol/index.js'
import type { Keyring } from './keyring.js'

const ISSUER = 'parley'
const AUDIENCE = 'authenticated'
const CONTACT_TOKEN_SECONDS = 15 * 60
const AGENT_TOKEN_SECONDS = 5 * 60
/** How far the clocks of two servers may be apart. */
const LEEWAY_SECONDS = 5
/** Tokens whose claims are kept: one per person who is active. */
const MAX_KNOWN = 10_000

const claims = z.object({
  iss: z.string(),
  aud: z.literal(AUDIENCE),
  role: z.literal('authenticated'),
  sub: z.uuid(),
  workspace_id: z.uuid(),
  kind: z.enum(['contact', 'agent']),
  agent_role: z.enum(agentRoles).optional(),
  inbox_id: z.uuid().optional(),
  sid: z.uuid(),
  iat: z.int(),
  exp: z.int(),
})

type Subject =
  | { kind: 'contact'; sub: string; workspace_id: string; inbox_id: string; sid: string }
  | { kind: 'agent'; sub: string; workspace_id: string; agent_role: AccessClaims['agent_role']; sid: string }

export interface Tokens {
  /** Contacts' tokens last 15 minutes, agents' 5. */
  issue(subject: Subject): Promise<TokenGrant>
  /** Signature, times and shape; whether the session still stands is for the caller to ask. @throws {ChatError} `token_expired`, `token_invalid` */
  verify(token: string): Promise<AccessClaims>
}

/** Signs and reads the access tokens, good for the API and for Realtime alike. The keys are the Supabase project's where there is one. */
export function createTokens({ signing, find }: Keyring, now: () => number = Date.now): Tokens {
  const keyFor: JWTVerifyGetKey = (header) => {
    const key = find(header)
    if (!key) throw new joseErrors.JWKSNoMatchingKey()
    return key
  }
  const seconds = () => Math.floor(now() / 1000)
  // a signature is proved once per token, not once per request: it took a tenth of the process
  const known = new Map<string, AccessClaims>()
  const remember = (token: string, proved: AccessClaims) => {
    known.set(token, proved)
    if (known.size > MAX_KNOWN) known.delete(known.keys().next().value!)
    return proved
  }
  return {
    async issue(subject) {
      const expiresInSeconds = subject.kind === 'agent' ? AGENT_TOKEN_SECONDS : CONTACT_TOKEN_SECONDS
      const accessToken = await new SignJWT({ ...subject, role: 'authenticated' })
        .setProtectedHeader(signing.header)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(seconds())
        .setExpirationTime(seconds() + expiresInSeconds)
        .sign(signing.key)
      return { accessToken, expiresInSeconds }
    },
    async verify(token) {
      const proved = known.get(token)
      if (proved && proved.exp + LEEWAY_SECONDS > seconds()) return proved
      try {
        const { payload } = await jwtVerify(token, keyFor, {
          issuer: ISSUER,
          audience: AUDIENCE,
          clockTolerance: LEEWAY_SECONDS,
          currentDate: new Date(now()),
        })
        return remember(token, claims.parse(payload))
      } catch (error) {
        if (error instanceof joseErrors.JWTExpired)
          throw new ChatError('token_expired', 'unable to accept the access token; it has expired, renew it')
        throw new ChatError('token_invalid', 'unable to accept the access token; it is not one of this server')
      }
    },
  }
}
