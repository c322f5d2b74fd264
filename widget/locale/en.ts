// The source of all other languages, written for it and not translated.

import type { ErrorCode, LauncherTexts } from '../../sdk/index.js'

/** What the loader says. The server writes these into the script in the visitor's language. */
export const launcherTexts: LauncherTexts = {
  open: 'Open chat',
  unread: 'unread messages',
  close: 'Close chat',
  message: 'Write a message…',
}

const reasons: Partial<Record<ErrorCode, string>> = {
  network: 'There is no connection.',
  unavailable: 'The service is away for a moment.',
  rate_limited: 'That was a lot at once; wait a moment.',
  too_large: 'It is too long.',
  origin_refused: 'The chat may not be used on this page.',
}

export const texts = {
  /** BCP 47: how dates and numbers are written, and what a screen reader pronounces. */
  language: 'en',
  direction: 'ltr',
  launcher: launcherTexts,
  answering: (name: string) => `${name} is answering`,
  answers: 'We usually reply here',
  messages: 'Messages',
  send: 'Send',
  remaining: (count: number) => (count < 0 ? `${-count} characters too many` : `${count} characters left`),
  you: 'You',
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
  notConnected: 'Unable to start the chat.',
  notLoaded: 'Unable to load the messages.',
  reconnecting: 'Reconnecting… what you write is kept and will be sent',
}
