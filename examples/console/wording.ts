import {
  ChatError,
  type ChatEvent,
  type ConnectionState,
  type ConversationHead,
  type PersonPresence,
} from '../../sdk/agent.js'
import type { RailView } from './router.js'
import { timeAgo } from './time.js'

/** What each view is called, wherever it is named. */
export const viewNames: Record<RailView, string> = {
  open: 'Open',
  mine: 'Mine',
  unassigned: 'Unassigned',
  resolved: 'Resolved',
}

/** A contact's name, or "Visitor 3f2a" by the end of the id, where a UUIDv7 is random. */
export const contactName = (contact: { id: string; name: string }): string =>
  contact.name.trim() || `Visitor ${contact.id.slice(-4)}`

export const statusName = ({ status }: ConversationHead): string => status.charAt(0).toUpperCase() + status.slice(1)

export const assigneeLabel = (head: ConversationHead, ownId: string): string => {
  if (head.assigneeId === null) return 'Unassigned'
  return head.assigneeId === ownId ? 'You' : head.assigneeName || 'Another agent'
}

/** Whether a contact is there, or since when not. */
export function presenceLine({ state, lastSeenAt }: PersonPresence, now: number): string {
  if (state !== 'offline') return state === 'online' ? 'Online' : 'Away'
  if (lastSeenAt === null) return 'Offline'
  const ago = timeAgo(new Date(lastSeenAt).toISOString(), now)
  return `Last seen ${/^\d+[mhd]$/.test(ago) ? `${ago} ago` : ago}`
}

/** One line for what happened, or null for what needs none. */
export function activityLine(event: ChatEvent, ownId: string): string | null {
  const who =
    event.actor.id === ownId ? 'You' : event.actor.name || (event.actor.type === 'contact' ? 'The visitor' : 'Parley')
  switch (event.type) {
    case 'conversation.assigned': {
      if (event.data.reason === 'first_reply') return `${who} replied first and took the conversation`
      if (event.data.assigneeId === event.actor.id) return `${who} took the conversation`
      return `${who} gave the conversation to ${event.data.assigneeId === ownId ? 'you' : event.data.assigneeName}`
    }
    case 'conversation.unassigned':
      return `${who} released the conversation`
    case 'conversation.status_changed':
      if (event.data.reason === 'contact_replied') return 'Reopened by a new message'
      return event.data.to === 'resolved' ? `${who} resolved the conversation` : `${who} reopened the conversation`
    case 'conversation.rated': {
      const { score, comment } = event.data
      return `${who} rated the conversation ${score} of 5${comment ? `: “${comment}”` : ''}`
    }
    case 'contact.changed':
      return `${who} gave ${event.data.fields.map((field) => (field === 'name' ? 'a name' : 'an e-mail address')).join(' and ')}`
    case 'conversation.created':
    case 'message.created':
    case 'message.edited':
    case 'message.deleted':
    case 'message.reacted':
      return null
    default:
      return null
  }
}

const known: Partial<Record<ChatError['code'], string>> = {
  already_assigned: 'Another agent has this conversation.',
  forbidden: 'You are not allowed to do that.',
  gone: 'This message was deleted.',
  stale_version: 'It has changed meanwhile.',
  not_found: 'It is gone, or not yours to see.',
  network: 'The server cannot be reached. Check your connection and try again.',
  timeout: 'The server took too long to answer. Try again.',
  unavailable: 'The server is not ready. Try again in a moment.',
  internal: 'Something went wrong on the server. Try again in a moment.',
}

/** Why something was refused, for the agent to read. */
export function refusal(error: unknown): string {
  if (!(error instanceof ChatError)) return 'Something went wrong. Try again.'
  if (error.code === 'rate_limited') {
    const seconds = Math.ceil((error.retryAfterMs ?? 1_000) / 1_000)
    return `Too many requests. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`
  }
  const sentence = known[error.code]
  if (sentence) return sentence
  const reason = error.message.split('; ').at(-1)!
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${/[.!?]$/.test(reason) ? '' : '.'}`
}

/** Whether an error means that nobody is signed in any more. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ChatError && (error.code === 'token_missing' || error.code === 'token_invalid')

/** What the connection is doing, in a word or two; calm, because nothing typed is lost meanwhile. */
export const connectionLine: Record<ConnectionState['phase'], { tone: 'good' | 'warn' | 'idle'; text: string }> = {
  idle: { tone: 'idle', text: 'Connecting…' },
  connecting: { tone: 'idle', text: 'Connecting…' },
  'catching-up': { tone: 'idle', text: 'Catching up…' },
  live: { tone: 'good', text: 'Live' },
  degraded: { tone: 'good', text: 'Connected' },
  reconnecting: { tone: 'warn', text: 'Reconnecting…' },
  offline: { tone: 'warn', text: 'Offline' },
  'auth-required': { tone: 'warn', text: 'Signed out' },
  closed: { tone: 'idle', text: 'Closed' },
}
