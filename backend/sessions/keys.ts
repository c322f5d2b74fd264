import { createHmac } from 'node:crypto'

/** What each derived key is for; one secret, and no key can stand in for another. */
export type KeyPurpose = 'access tokens' | 'refresh secrets' | 'sign-in cookies'

/** A key of its own for one purpose, 64 hexadecimal digits, always the same for one secret. */
export const deriveKey = (secret: string, purpose: KeyPurpose): string =>
  createHmac('sha256', secret).update(`parley ${purpose}`).digest('hex')
