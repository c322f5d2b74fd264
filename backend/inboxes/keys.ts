import { randomBytes } from 'node:crypto'

/** Crockford's: nothing in it is taken for something else. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A public key that nobody guesses and anyone can read out: 80 random bits as `xxxx-xxxx-xxxx-xxxx`. */
export function newInboxKey(): string {
  const letters = [...randomBytes(16)].map((byte) => ALPHABET[byte % ALPHABET.length])
  return letters.join('').replace(/.{4}(?=.)/g, '$&-')
}

/** 256 random bits; they sign the identity tokens of an inbox. */
export const newInboxSecret = (): string => randomBytes(32).toString('base64url')
