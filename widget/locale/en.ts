import type { ErrorCode } from '../../sdk/index.js'

/** What the loader says, before the panel's own words are there. */
export const launcherTexts = {
  open: (unread: number) => (unread ? `Open chat, ${unread} unread` : 'Open chat'),
  close: 'Close chat',
  message: 'Write a message…',
  notLoaded: 'The chat could not be loaded. Try again',
}

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'There is no connection.',
  unavailable: 'The service is away for a moment.',
  rate_limited: 'That was a lot at once; wait a moment.',
  too_large: 'It is too long.',
  origin_refused: 'The chat may not be used on this page.',
}

export const texts = {
  close: 'Close chat',
  answering: (name: string) => `${name} is answering`,
  answers: 'We usually reply here',
  messages: 'Messages',
  message: 'Write a message…',
  send: 'Send',
  remaining: (count: number) => (count < 0 ? `${-count} characters too many` : `${count} characters left`),
  you: 'You',
  said: (name: string, body: string) => `${name}: ${body}`,
  sending: 'Sending…',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Seen',
  notSent: 'Not sent.',
  reason: (code: ErrorCode | undefined) => (code && reasons[code]) ?? 'Something went wrong.',
  tryAgain: 'Try again',
  discard: 'Discard',
  today: 'Today',
  yesterday: 'Yesterday',
  joined: (name: string) => `${name} joined`,
  resolved: 'Resolved',
  reopened: 'Reopened',
  loading: 'Loading messages',
  earlier: 'Load earlier messages',
  latest: 'Jump to latest',
  news: 'New messages',
  notConnected: 'Unable to start the chat.',
  notLoaded: 'Unable to load the messages.',
  reconnecting: 'Reconnecting… what you write is kept and will be sent',
}
