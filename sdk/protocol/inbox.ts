export const MAX_NAME_CHARS = 80
export const MAX_ORIGINS = 50

/** How an inbox looks and speaks; public, never a secret in it. */
export interface InboxSettings {
  /** Shown as the panel's title. */
  title: string
  /** First line a visitor reads in an empty thread. */
  greeting: string
  /** `#rrggbb`: launcher, header and the visitor's own bubbles. */
  color: string
  position: 'left' | 'right'
}

export const defaultInboxSettings: InboxSettings = {
  title: 'Chat with us',
  greeting: 'Hello! How can we help?',
  color: '#3b5bdb',
  position: 'right',
}

/** What the widget has to know of an inbox. */
export interface ShownInbox {
  key: string
  settings: InboxSettings
}

/** What anyone who knows the key may read. */
export interface PublicInbox extends ShownInbox {
  id: string
  name: string
}

/** An inbox as its administrators see it. */
export interface Inbox extends PublicInbox {
  /** Exact origins (`https://shop.example`); empty = any origin may embed it. */
  allowedOrigins: string[]
  createdAt: string
}

export type InboxChanges = Partial<Pick<Inbox, 'name' | 'allowedOrigins'>> & {
  settings?: Partial<InboxSettings>
}
