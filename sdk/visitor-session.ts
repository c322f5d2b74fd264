import type { Send } from './api.js'
import { browserStorage } from './browser.js'
import type { Browser, ChatStorage } from './defaults.js'
import { ChatError } from './protocol/errors.js'
import type { VisitorSession } from './protocol/session.js'

type AskIdentity = () => Promise<string | null | undefined>

/** A tab that holds up the others any longer is not waited for. */
const PATIENCE_MS = 3_000

/** What keeps the secret as well as the drafts of whom it proves to be. */
export interface SecretKeeper {
  /** The secret of the session on this device, written as well as its drafts; else `otherwise`, known from elsewhere. */
  secret(otherwise: string | null): Promise<string | null>
  keepSecret(secret: string | null): Promise<unknown>
  /** With them one tab takes at a time, so that tabs that begin together are one visitor. */
  locks?: Browser['locks']
}

export interface VisitorSessions {
  /** The session of this device, continued or begun, and kept. */
  take(): Promise<VisitorSession>
  /** A session of whom the token proves, not kept yet; `token`: of the visitor who goes on as them. */
  identify(identityToken: string, token: () => Promise<string>): Promise<VisitorSession>
  keep(session: VisitorSession): Promise<VisitorSession>
  forget(): void
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
  /** Once it aborts, no session is asked for any more. */
  signal: AbortSignal
}): VisitorSessions {
  const { send, signal, storage = browserStorage(), inboxKey } = options
  const place = `parley:${inboxKey}:session`
  const badgePlace = `parley:${inboxKey}:badge`
  // where its code does not load, the storage has to do
  const shelf = () => options.keeper().catch(() => null)
  // browsers write this storage to disk some seconds late, so after a kill it may be the older one
  const secret = async (otherwise = storage.get(place)) => (await (await shelf())?.secret(otherwise)) ?? otherwise

  let signOuts = 0
  /** What was asked for before a sign-out is not gone on with after it, nor anything once the client is closed. */
  function stillWanted(whose: number): void {
    if (whose !== signOuts || signal.aborted)
      throw new ChatError('aborted', 'unable to take a session; it was called off')
  }

  async function continueOrBegin(whose: number): Promise<VisitorSession> {
    const refreshSecret = await secret()
    stillWanted(whose)
    let asked: Promise<string | null> | undefined
    const ask = async () => {
      const identityToken = await (asked ??= options.getIdentityToken?.())
      stillWanted(whose)
      return identityToken
    }
    const taken = await (refreshSecret ? proceed(refreshSecret, ask, whose) : begin(ask))
    stillWanted(whose)
    const session = await keep(taken)
    const identityToken = session.contact.verified ? null : await ask()
    if (!identityToken) return session
    const proven = await prove(identityToken, session.accessToken)
    stillWanted(whose)
    return keep(proven)
  }

  async function keep(session: VisitorSession): Promise<VisitorSession> {
    const whose = signOuts
    storage.set(place, session.refreshSecret)
    storage.set(badgePlace, session.badgeUrl)
    await (await shelf())?.keepSecret(session.refreshSecret)
    stillWanted(whose)
    return session
  }

  async function proceed(
    refreshSecret: string,
    ask: AskIdentity,
    whose: number,
    refused: string[] = [],
  ): Promise<VisitorSession> {
    try {
      return await send('POST visitorSessionsRefresh', { body: { refreshSecret } })
    } catch (error) {
      if (!(error instanceof ChatError && error.code === 'token_invalid')) throw error
      refused.push(refreshSecret)
      // another tab may have rotated it in between; or a kill left the storage behind, and the database was late
      const known = [storage.get(place), await secret(null)]
      const other = known.find((each) => each && !refused.includes(each))
      stillWanted(whose)
      if (other) return proceed(other, ask, whose, refused)
      storage.remove(place)
      return begin(ask)
    }
  }

  const begin = async (ask: AskIdentity): Promise<VisitorSession> =>
    send('POST visitorSessions', { body: { inboxKey, identityToken: (await ask()) ?? undefined } })

  const prove = (identityToken: string, token: string) =>
    send('POST visitorIdentity', { body: { identityToken } }, token)

  return {
    async take() {
      let taking: Promise<VisitorSession> | undefined
      const whose = signOuts
      const work = () => (taking ??= continueOrBegin(whose))
      const locks = (await shelf())?.locks
      // what became of it, or, where a tab holds up the others, its turn all the same
      return locks ? locks.request(place, { signal: AbortSignal.timeout(PATIENCE_MS) }, work).catch(work) : work()
    },
    keep,
    async identify(identityToken, token) {
      const whose = signOuts
      const isKnown = await secret()
      stillWanted(whose)
      const proven = await (isKnown ? prove(identityToken, await token()) : begin(async () => identityToken))
      stillWanted(whose)
      return proven
    },
    forget() {
      signOuts++
      for (const each of [place, badgePlace]) storage.remove(each)
    },
  }
}
