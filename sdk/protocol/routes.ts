import type { Availability, Contact, ContactChanges, ContactRecord, VisitorExport } from './contact.js'
import type { ConversationHead, ConversationStart, RatingRequest, Receipt } from './conversation.js'
import type { ChatEvent } from './events.js'
import type { Inbox, InboxChanges, PublicInbox, ShownInbox } from './inbox.js'
import type { Draft, Message } from './message.js'
import type { PageVisit } from './page.js'
import type { PresenceAnswer, PresenceRequest } from './presence.js'
import type { AgentSession, VisitorSession, VisitorSessionRequest } from './session.js'
import type { SyncAnswer, SyncRequest } from './sync.js'

/** Path of every endpoint, as Hono reads it; the SDK fills in the `:names`. */
export const paths = {
  visitorSessions: '/v1/visitor/sessions',
  visitorSessionsRefresh: '/v1/visitor/sessions/refresh',
  visitor: '/v1/visitor',
  visitorExport: '/v1/visitor/export',
  visitorIdentity: '/v1/visitor/identity',
  badge: '/v1/badges/:badge',
  availability: '/v1/availability',
  agentToken: '/v1/agent/token',
  inboxSettings: '/v1/inboxes/:inboxKey/settings',
  inboxes: '/v1/inboxes',
  inbox: '/v1/inboxes/:inboxId',
  inboxSecret: '/v1/inboxes/:inboxId/secret',
  conversations: '/v1/conversations',
  conversation: '/v1/conversations/:conversationId',
  messages: '/v1/conversations/:conversationId/messages',
  message: '/v1/conversations/:conversationId/messages/:messageId',
  reactions: '/v1/conversations/:conversationId/messages/:messageId/reactions',
  events: '/v1/conversations/:conversationId/events',
  receipt: '/v1/conversations/:conversationId/receipt',
  assignment: '/v1/conversations/:conversationId/assignment',
  resolve: '/v1/conversations/:conversationId/resolve',
  reopen: '/v1/conversations/:conversationId/reopen',
  rating: '/v1/conversations/:conversationId/rating',
  contact: '/v1/conversations/:conversationId/contact',
  pages: '/v1/conversations/:conversationId/pages',
  sync: '/v1/sync',
  presence: '/v1/presence',
} as const

export const MAX_PAGE = 200
/** Header that ties an answer, its log lines and a support question together. */
export const REQUEST_ID_HEADER = 'x-request-id'

/** A page of a conversation list, newest activity first. */
export interface ConversationPage {
  items: ConversationHead[]
  /** The asker's own marks in these conversations, where there are any: unread = `messageNo` − `readMessageNo`. */
  receipts: Receipt[]
  /** Pass as `cursor` for the next page; null at the end. */
  nextCursor: string | null
  /** Cursor for `POST /v1/sync`, taken in the snapshot of this page. */
  syncCursor: string
}

/** A page of messages in `seq` order, whichever way it was asked for. */
export interface MessagePage {
  items: Message[]
  /** Whether there is more in the direction asked. */
  hasMore: boolean
  /** Head of the public log in the snapshot of this page. */
  head: number
  epoch: string
}

export interface EventPage {
  items: ChatEvent[]
  hasMore: boolean
  head: number
  epoch: string
}

export interface ConversationDetail {
  head: ConversationHead
  receipts: Receipt[]
}

/** Answer to an act on a conversation: how it stands now, and the events it put in the log, oldest first (none when nothing had to change). */
export interface ActAnswer {
  head: ConversationHead
  events: ChatEvent[]
}

/** Body and answer by "METHOD path name"; queries are strings on the wire. */
export interface Routes {
  'POST visitorSessions': { body: VisitorSessionRequest; answer: VisitorSession }
  'POST visitorSessionsRefresh': { body: { refreshSecret: string }; answer: VisitorSession }
  'DELETE visitorSessions': { body: undefined; answer: undefined }
  /** A visitor is from now on whom the token proves, with all that was theirs. Refused as `token_invalid`. */
  'POST visitorIdentity': { body: { identityToken: string }; answer: VisitorSession }
  'GET visitor': { body: undefined; answer: Contact }
  'PATCH visitor': { body: ContactChanges; answer: Contact }
  /** Empties what they wrote, forgets who they are and ends their sessions; agents keep that there was a conversation. */
  'DELETE visitor': { body: undefined; answer: undefined }
  'GET visitorExport': { body: undefined; answer: VisitorExport }
  /** Of the inbox by which the visitor came. */
  'GET availability': { body: undefined; answer: Availability }
  'POST agentToken': { body: undefined; answer: AgentSession }
  'GET inboxSettings': { body: undefined; answer: PublicInbox & ShownInbox }
  'GET inboxes': { body: undefined; answer: { items: Inbox[] } }
  'POST inboxes': { body: InboxChanges & { name: string }; answer: Inbox }
  'PATCH inbox': { body: InboxChanges; answer: Inbox }
  /** What signs identity tokens, for administrators: whoever has it can be anybody. */
  'GET inboxSecret': { body: undefined; answer: { secret: string } }
  'GET conversations': { body: undefined; answer: ConversationPage }
  'POST conversations': { body: ConversationStart; answer: ActAnswer }
  'GET conversation': { body: undefined; answer: ConversationDetail }
  'GET messages': { body: undefined; answer: MessagePage }
  /** Answers the `message.created` event: 201, or 200 with the first answer for a known key. A contact's message long after the resolution starts a new conversation: the event's `conversationId` says which. */
  'POST messages': { body: Draft; answer: ChatEvent }
  /** By its author; a contact for some minutes only. `revSeq`: refused as `stale_version` when something changed the message since. Answers `message.edited`. */
  'PATCH message': { body: { idempotencyKey: string; body: string; revSeq?: number }; answer: ChatEvent }
  /** By its author as above, or a supervisor; its key is in the query. Answers `message.deleted`. */
  'DELETE message': { body: undefined; answer: ChatEvent }
  /** All emoji that the caller has on the message from now on; none takes them back. Answers `message.reacted`. */
  'PUT reactions': { body: { idempotencyKey: string; emojis: string[] }; answer: ChatEvent }
  'GET events': { body: undefined; answer: EventPage }
  'PUT receipt': { body: { deliveredSeq: number; readSeq: number }; answer: Receipt }
  /** `assigneeId` null releases it; only oneself, or anyone for a supervisor. */
  'POST assignment': { body: { assigneeId: string | null }; answer: ActAnswer }
  'POST resolve': { body: undefined; answer: ActAnswer }
  'POST reopen': { body: undefined; answer: ActAnswer }
  /** By its contact, within 72 h of a resolution (later: `gone`), again to change it; refused as `stale_version` once it is open again. Answers `conversation.rated`. */
  'POST rating': { body: RatingRequest; answer: ChatEvent }
  /** Where its contact was on the site, the latest first; for agents. */
  'GET contact': { body: undefined; answer: ContactRecord }
  'GET pages': { body: undefined; answer: { items: PageVisit[] } }
  'POST sync': { body: SyncRequest; answer: SyncAnswer }
  /** Says that the caller is there and asks who else is, in one: every 15 s while someone is. */
  'PUT presence': { body: PresenceRequest; answer: PresenceAnswer }
}
