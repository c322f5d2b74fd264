import type { Send } from './api.js'
import { browserStorage } from './browser.js'
import type { ChatStorage } from './defaults.js'
import { ChatError } from './protocol/errors.js'
import type { VisitorSession } from './protocol/session.js'

/** What keeps the secret as well as the drafts of whom it proves to be. */
export interface SecretKeeper {
  secret(): Promise<string | null>
  keepSecret(secret: string | null): Promise<unknown>
}

/**
 * Continues the session whose secret is in the storage, else begins one. The secret rotates with each use; an
 * answer that got lost costs nothing, since the server gives the same successor again. Nothing is done in the name of
 * a session before its secret is kept: what somebody wrote whom nobody can be again would be lost to them.
 */
export function visitorSession(options: {
  send: Send
  storage: ChatStorage | undefined
  keeper: () => Promise<SecretKeeper>
  inboxKey: string
  getIdentityToken?: () => Promise<string | null>
}): { take(): Promise<VisitorSession>; forget(): void } {
  const { send, storage = browserStorage(), inboxKey } = options
  const place = `parley:${inboxKey}:session`

  async function take(): Promise<VisitorSession> {
    // where its code does not load, the storage has to do
    const kept = await options.keeper().catch(() => null)
    // browsers write this storage to disk some seconds late, so after a kill it may be the older one
    const refreshSecret = (await kept?.secret()) ?? storage.get(place)
    const session = await (refreshSecret ? proceed(refreshSecret) : begin())
    storage.set(place, session.refreshSecret)
    await kept?.keepSecret(session.refreshSecret)
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
