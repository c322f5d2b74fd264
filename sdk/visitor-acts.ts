import type { Call, Send } from './api.js'
import type { KeptDrafts } from './kept-drafts.js'
import type { Availability, Contact, ContactChanges, VisitorExport } from './protocol/contact.js'
import type { Link } from './link.js'
import type { VisitorSession } from './protocol/session.js'
import type { SessionKeeper } from './session.js'
import type { Cell } from './store.js'
import type { VisitorSessions } from './visitor-session.js'

/** What of a client these need. */
interface VisitorClient {
  call: Call
  session: Cell<VisitorSession | null>
  keeper: () => Promise<SessionKeeper<VisitorSession>>
  link: Pick<Link, 'start'>
}

/** What visitors do about themselves. */
export interface VisitorActs {
  /** Says who this is; what is absent stays. @throws {ChatError} `forbidden` for what an identity token has proved */
  updateContact(changes: ContactChanges): Promise<Contact>
  /** Goes on as whom an identity token of the site proves. All that a visitor without a name has written becomes theirs; somebody else who was proved before is signed out. @throws {ChatError} `token_invalid` */
  identify(identityToken: string): Promise<Contact>
  /** Whether agents are there, before anything is written. */
  availability(): Promise<Availability>
  /** All that is known of this visitor. */
  exportData(): Promise<VisitorExport>
  /** Has the server empty and forget all that is theirs, for good; then as `logout()`. */
  erase(): Promise<void>
  /** Forgets the session and all drafts, in every tab and (when it can be reached) on the server. `connect()` begins another. */
  logout(): Promise<void>
}

export function createVisitorActs({
  client,
  send,
  keeper,
  forget,
  visitor,
}: {
  client: VisitorClient
  send: Send
  keeper: () => Promise<KeptDrafts>
  /** Drops what this tab holds of the person. */
  forget: () => Promise<unknown>
  visitor: () => Promise<VisitorSessions>
}): VisitorActs {
  const { call, session, link } = client

  async function signOut() {
    const kept = await keeper().catch(() => null)
    // in one turn: what is kept and what is held know of it together
    const purged = kept?.purge()
    await forget()
    await purged
  }

  return {
    async updateContact(body) {
      const contact = await call('PATCH visitor', { body })
      const known = session.getSnapshot()
      if (known) session.set({ ...known, contact })
      return contact
    },
    async identify(identityToken) {
      const [sessions, held] = await Promise.all([visitor(), client.keeper()])
      const taken = await sessions.identify(identityToken, held.token)
      const before = session.getSnapshot()?.contact.id
      const { id, formerIds } = taken.contact
      const isOther = before !== undefined && before !== id && !formerIds.includes(before)
      if (isOther) await signOut()
      await sessions.keep(taken)
      held.adopt(taken)
      if (isOther) await link.start()
      return taken.contact
    },
    availability: () => call('GET availability'),
    exportData: () => call('GET visitorExport'),
    async erase() {
      await call('DELETE visitor')
      await signOut()
    },
    async logout() {
      const token = session.getSnapshot()?.accessToken
      await signOut()
      // the session is gone from here in any case; there it dies of age
      if (token) await send('DELETE visitorSessions', {}, token).catch(() => {})
    },
  }
}
