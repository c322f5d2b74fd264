import type { PageStep } from './page.js'

/** Most conversations whose other side one request may ask for. */
export const MAX_PRESENCE_CONVERSATIONS = 20

/** `away`: not in sight, or gone so lately that they may be back. */
export const presenceStates = ['online', 'away', 'offline'] as const
export type PresenceState = (typeof presenceStates)[number]

/** The other side of a conversation: its contact for an agent, who answers for a visitor. */
export interface Presence {
  conversationId: string
  /** Null: nobody in particular answers yet, and `state` says whether anyone could. */
  name: string | null
  state: PresenceState
  /** When they last were in front of it. Null while they are, if never, and for visitors, who are not told. */
  lastSeenAt: string | null
}

export interface PresenceRequest {
  /** `away`: nobody can see the page. */
  state: Exclude<PresenceState, 'offline'>
  conversationIds: string[]
  /** Where a visitor is; kept where the inbox tracks pages, and told to agents. */
  page?: PageStep
}

export interface PresenceAnswer {
  /** What `lastSeenAt` is to be counted from. */
  serverTime: string
  /** One for each of the conversations that the caller sees. */
  people: Presence[]
}
