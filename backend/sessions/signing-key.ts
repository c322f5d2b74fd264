import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, sign, verify } from 'node:crypto'

const MIN_RSA_BITS = 2_048

/** One key of a Supabase project's JWT signing keys. */
export interface SigningKey {
  kid: string
  alg: 'ES256' | 'RS256'
  /** Absent where the key is only accepted. */
  privateKey?: KeyObject
  publicKey: KeyObject
}

/** A private JWK as `supabase gen signing-key` writes it. `alg` may be left out, `kid` may not. */
export type PrivateJwk = JsonWebKey & { kid?: string; alg?: string }

/** Keys of a text: one JWK, a list of them, or a key set. @throws {Error} whose message goes behind a variable's name */
export function readSigningKeys(text: string): PrivateJwk[] {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    const aboutPem = text.includes('BEGIN') ? '; a PEM does not say the kid under which Supabase knows the key' : ''
    throw new Error(`has to be a JWK or a list of them, in JSON${aboutPem}`)
  }
  const set = Array.isArray(read) ? read : (read as { keys?: unknown } | null)?.keys
  const jwks = (Array.isArray(set) ? set : [read]) as PrivateJwk[]
  signingKeysOf(jwks)
  return jwks
}

/** @throws {Error} as `readSigningKeys` */
export function signingKeysOf(jwks: readonly PrivateJwk[]): SigningKey[] {
  const keys = jwks.map(signingKeyOf)
  const [first] = keys
  if (!first) throw new Error('has to have at least one key')
  if (!first.privateKey)
    throw new Error(`has a first key, "${first.kid}", without its private part; the first one signs`)
  const twice = keys.find(({ kid }, at) => keys.findIndex((other) => other.kid === kid) !== at)
  if (twice) throw new Error(`has the kid "${twice.kid}" twice`)
  return keys
}

function signingKeyOf(jwk: PrivateJwk, at: number): SigningKey {
  const { kid, alg } = jwk ?? {}
  if (typeof kid !== 'string' || kid === '')
    throw new Error(`has a key (number ${at + 1}) without kid; take the one that Supabase shows for it`)
  const made = jwk.kty === 'RSA' ? 'RS256' : jwk.kty === 'EC' && jwk.crv === 'P-256' ? 'ES256' : null
  if (!made) throw new Error(`has a key, "${kid}", that is neither EC on P-256 (ES256) nor RSA (RS256)`)
  if (alg !== undefined && alg !== made)
    throw new Error(`has a key, "${kid}", that says alg ${alg} but is one for ${made}`)
  const read = keyPair(jwk, kid)
  if ((read.publicKey.asymmetricKeyDetails?.modulusLength ?? Infinity) < MIN_RSA_BITS)
    throw new Error(`has a key, "${kid}", of less than ${MIN_RSA_BITS} bits`)
  return { kid, alg: made, ...read }
}

function keyPair(jwk: PrivateJwk, kid: string): Pick<SigningKey, 'privateKey' | 'publicKey'> {
  try {
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
    if (jwk.d === undefined) return { publicKey }
    const privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
    // parts of two keys are read without complaint, and nobody could verify what they sign
    const text = Buffer.from(kid)
    if (verify('sha256', text, publicKey, sign('sha256', text, privateKey))) return { privateKey, publicKey }
  } catch {
    // said below
  }
  throw new Error(`has a key, "${kid}", whose parts do not make a key`)
}
