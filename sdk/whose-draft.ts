import { CURRENT, type DraftPlace } from './outbox.js'
import type { Contact } from './protocol/contact.js'
import type { KeptDraft } from './shelf.js'

/** Written before it was known what there is to go on with. */
export const isEarly = ({ conversationId, startKey }: DraftPlace): boolean => !conversationId && startKey === CURRENT

/** Also under the ids of before it was known who this is. */
export const isOf = ({ id, formerIds }: Contact, personId: string): boolean =>
  personId === id || formerIds.includes(personId)

/** A draft as this person may have it; null when it is not for their eyes. */
export function asOurs(kept: KeptDraft, contact: Contact): KeptDraft | null {
  if (!kept.personId || isOf(contact, kept.personId)) return kept
  // the device changed hands, or the server forgot a visitor: only a nameless one's may go on, if they say so
  if (contact.verified || kept.isProven) return null
  return { ...kept, conversationId: null, startKey: `of ${kept.personId}`, failure: 'user_changed' }
}

/** Whether it may turn out to go after one of these: an older one that has yet to begin its conversation, maybe this. */
export const isAfter = ({ conversationId, ordinal }: KeptDraft, all: Iterable<KeptDraft>): boolean =>
  conversationId !== null &&
  [...all].some((other) => !other.conversationId && !other.failure && other.ordinal < ordinal)
