import type { ConversationHead, Rating } from './conversation.js'
import type { Message } from './message.js'
import type { PageVisit } from './page.js'
import type { PresenceState } from './presence.js'

export const MAX_EMAIL_CHARS = 254
export const MAX_ATTRIBUTES = 50
export const MAX_ATTRIBUTE_KEY_CHARS = 60
export const MAX_ATTRIBUTE_CHARS = 500
/** Most names of agents that a visitor is told of. */
export const MAX_AVAILABLE_NAMES = 5

export interface Contact {
  id: string
  name: string
  email: string | null
  /** True once an identity token proved who this is. */
  verified: boolean
  /** When they agreed to what the inbox asks consent for; null while they have not. */
  consentedAt: string | null
  /** Whom they were as visitors before it was known who they are, the latest first; at most 20. */
  formerIds: string[]
}

/** What a site knows of a contact; null takes a value away. */
export type Attributes = Record<string, string | number | boolean | null>

/** What a contact says of themselves; what is absent stays. What an identity token has proved is refused as `forbidden`. */
export interface ContactChanges {
  name?: string
  email?: string
  /** At most `MAX_ATTRIBUTES` with those that are there already. */
  attributes?: Attributes
  /** They agree to the consent of the inbox, as it is now. */
  consentedAt?: true
}

/** Whether agents of an inbox are there. */
export interface Availability {
  state: PresenceState
  /** Who, the latest first; at most `MAX_AVAILABLE_NAMES`. */
  names: string[]
}

/** A contact as agents know them. */
export interface ContactRecord extends Contact {
  /** The site's own id of them, once an identity token proved it. */
  externalId: string | null
  attributes: Attributes
  createdAt: string
}

/** All that is known of a contact, for themselves to have. */
export interface VisitorExport {
  contact: ContactRecord
  consent: { at: string; text: string } | null
  pages: PageVisit[]
  conversations: (ConversationHead & { messages: Message[]; ratings: (Rating & { at: string })[] })[]
}
