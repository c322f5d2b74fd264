import { ChatError } from '../../sdk/protocol/index.js'

/**
 * Whether a page may talk to an inbox. Our own pages always may, and so may callers without an `Origin`, which
 * are programs; the check keeps other sites from showing the inbox, not people with a terminal out.
 * @throws {ChatError} `origin_refused`
 */
export function checkOrigin(origin: string | undefined, ownOrigin: string, allowedOrigins: readonly string[]): void {
  if (origin === undefined || origin === ownOrigin) return
  if (allowedOrigins.length === 0 || allowedOrigins.includes(origin)) return
  throw new ChatError(
    'origin_refused',
    'unable to open this inbox from this site; add its origin to the allowed origins of the inbox',
  )
}
