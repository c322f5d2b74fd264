import { createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { type PrivateJwk, signingKeysOf } from './signing-key.js'

interface Header {
  alg?: string
  kid?: string
}

/** Keys of access tokens: one signs, several are accepted. */
export interface Keyring {
  readonly signing: { header: { alg: string; kid?: string; typ: 'JWT' }; key: KeyObject }
  /** The key for a token with this header; undefined where it is none of ours. An algorithm never gets another's key. */
  find(header: Header): KeyObject | undefined
  /** The public parts, for whoever wants to verify tokens; empty while a shared secret signs. */
  readonly jwks: { keys: JsonWebKey[] }
}

export interface KeyringOptions {
  /** Signs HS256 where there are no signing keys, and is accepted beside them. */
  secret?: string
  /** The first signs, all are accepted: a key to come or one that went may stand behind it. */
  signingKeys?: readonly PrivateJwk[]
}

/** @throws {Error} for keys that cannot be used */
export function createKeyring({ secret, signingKeys = [] }: KeyringOptions): Keyring {
  const shared = secret === undefined ? undefined : createSecretKey(Buffer.from(secret))
  const keys = signingKeys.length > 0 ? signingKeysOf(signingKeys) : []
  const [first] = keys
  const key = first?.privateKey ?? shared
  if (!key) throw new Error('unable to sign access tokens; give a secret or signing keys')
  return {
    signing: { header: first ? { alg: first.alg, kid: first.kid, typ: 'JWT' } : { alg: 'HS256', typ: 'JWT' }, key },
    find: ({ alg, kid }) =>
      alg === 'HS256' ? shared : keys.find((known) => known.kid === kid && known.alg === alg)?.publicKey,
    jwks: {
      keys: keys.map(({ kid, alg, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' })),
    },
  }
}
