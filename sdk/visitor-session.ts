import type { Send } from './api.js'
import type { ChatStorage } from './defaults.js'
import { ChatError } from './protocol/errors.js'
import type { VisitorSession } from './protocol/session.js'

/**
 * Continues the session whose secret is in the storage, else begins one. The secret rotates with each use; an
 * answer that got lost costs nothing, since the server gives the same successor again.
 */
export function visitorSession(options: {
  send: Send
  storage: ChatStorage
  inboxKey: string
  getIdentityToken?: () => Promise<string | null>
}): { take(): Promise<VisitorSession>; forget(): void } {
  const { send, storage, inboxKey } = options
  const place = `parley:${inboxKey}:session`

  async function take(): Promise<VisitorSession> {
    const refreshSecret = storage.get(place)
    const session = await (refreshSecret ? proceed(refreshSecret) : begin())
    storage.set(place, session.refreshSecret)
    return session
  }

  async function proceed(refreshSecret: string): Promise<VisitorSession> {
    try {
      return await send('POST visitorSessionsRefresh', { body: { refreshSecret } })
    } catch (error) {
      if (!(error instanceof ChatError && error.code === 'token_invalid')) throw error
      const other = storage.get(place)
      // another tab may have rotated it in between
      if (other && other !== refreshSecret) return proceed(other)
      storage.remove(place)
      return begin()
    }
  }

  async function begin(): Promise<VisitorSession> {
    const identityToken = (await options.getIdentityToken?.()) ?? undefined
    return send('POST visitorSessions', { body: { inboxKey, identityToken } })
  }

  return { take, forget: () => storage.remove(place) }
}
