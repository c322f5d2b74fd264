import { createHmac, timingSafeEqual } from 'node:crypto'

const proofOf = (sessionId: string, key: string) =>
  createHmac('sha256', key).update(sessionId).digest().subarray(0, 16).toString('base64url')

/** Names a session in an address, which others may log: whoever has it learns how much is unread, and nothing else. */
export const badgeOf = (sessionId: string, key: string): string => `${sessionId}.${proofOf(sessionId, key)}`

/** The session that a badge names; null when we did not make it. */
export function sessionOf(badge: string, key: string): string | null {
  const [sessionId = '', proof = ''] = badge.split('.')
  const [given, known] = [proof, proofOf(sessionId, key)].map((each) => Buffer.from(each))
  return given!.length === known!.length && timingSafeEqual(given!, known!) ? sessionId : null
}
