import { createHmac } from 'node:crypto'

/** What each derived key is for; one secret, and no key can stand in for another. */
export type KeyPurpose = 'access tokens' | 'refresh secrets' | 'sign-in cookies' | 'publishable key' | 'badges'

/** A key of its own for one purpose, 64 hexadecimal digits, always the same for one secret. */
export const deriveKey = (secret: string, purpose: KeyPurpose): string =>
  createHmac('sha256', secret).update(`parley ${purpose}`).digest('hex')

/** What clients of the embedded Realtime server send as `apikey`, in the form of Supabase's: it proves nobody. */
export const publishableKey = (secret: string): string =>
  `sb_publishable_${deriveKey(secret, 'publishable key').slice(0, 32)}`
