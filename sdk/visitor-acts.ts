import type { Send } from './api.js'
import type { Client } from './client.js'
import type { KeptDrafts } from './kept-drafts.js'
import type { Availability, Contact, ContactChanges } from './protocol/contact.js'
import type { VisitorSession } from './protocol/session.js'

/** What visitors do about themselves. */
export interface VisitorActs {
  /** Says who this is; what is absent stays. @throws {ChatError} `forbidden` for what an identity token has proved */
  updateContact(changes: ContactChanges): Promise<Contact>
  /** Whether agents are there, before anything is written. */
  availability(): Promise<Availability>
  /** Forgets the session and all drafts, in every tab and (when it can be reached) on the server. `connect()` begins another. */
  logout(): Promise<void>
}

/** `forget`: drops what this tab holds of the person. */
export function createVisitorActs(
  { call, session }: Client<VisitorSession>,
  send: Send,
  keeper: () => Promise<KeptDrafts>,
  forget: () => Promise<unknown>,
): VisitorActs {
  return {
    async updateContact(body) {
      const contact = await call('PATCH visitor', { body })
      const known = session.getSnapshot()
      if (known) session.set({ ...known, contact })
      return contact
    },
    availability: () => call('GET availability'),
    async logout() {
      const token = session.getSnapshot()?.accessToken
      await forget()
      await keeper().then(
        (kept) => kept.purge(),
        () => {},
      )
      // the session is gone from here in any case; there it dies of age
      if (token) await send('DELETE visitorSessions', {}, token).catch(() => {})
    },
  }
}
