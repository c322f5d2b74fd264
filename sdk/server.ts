import { systemClock } from './clock.js'
import { randomKey } from './defaults.js'
import type { Attributes } from './protocol/contact.js'
import { ChatError } from './protocol/errors.js'

const LIFETIME_SECONDS = 300

export interface Identity {
  /** Of the inbox; an administrator reads it at `GET /v1/inboxes/:inboxId/secret`. It stays on your server. */
  inboxSecret: string
  /** Your own id of the signed-in user: who comes with the same one is the same contact. */
  externalId: string
  name?: string
  email?: string
  attributes?: Attributes
  /** Default 300; at most a day. */
  expiresInSeconds?: number
}

/**
 * Proves to Parley who is signed in on your site: a JWT (HS256) for `getIdentityToken` and `identify` of the chat. For your server only: whoever has the secret can be anybody.
 * @throws {ChatError} `invalid_request` without a secret or an id, as when a variable of the environment is not set
 */
export async function createIdentityToken({
  inboxSecret,
  externalId,
  expiresInSeconds = LIFETIME_SECONDS,
  ...said
}: Identity): Promise<string> {
  for (const [name, value] of Object.entries({ inboxSecret, externalId }))
    if (!value) throw new ChatError('invalid_request', `unable to make an identity token; ${name} is empty`)
  const { name, email, attributes } = said
  const iat = Math.floor(systemClock.now() / 1000)
  const jti = randomKey()
  const claims = { sub: externalId, name, email, attributes, iat, exp: iat + expiresInSeconds, jti }
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => base64url(bytesOf(JSON.stringify(part))))
    .join('.')
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytesOf(inboxSecret), algorithm, false, ['sign'])
  return `${signed}.${base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(signed))))}`
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const base64url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
