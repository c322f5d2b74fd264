import type { LauncherTexts, Locale } from './locale.js'

export const MAX_NAME_CHARS = 80
export const MAX_ORIGINS = 50

/** Whether a visitor is asked for something before the first message, and may leave it out. */
export const askings = ['no', 'optional', 'required'] as const
export type Asking = (typeof askings)[number]

export const themes = ['auto', 'light', 'dark'] as const

/** Bounds of the settings that have one; `Chars` are UTF-16 code units. */
export const settingLimits = {
  launcherLabelChars: 30,
  offsetPx: 400,
  consentChars: 500,
  awayMessageChars: 500,
  texts: 100,
  textKeyChars: 40,
  textChars: 300,
  /** A week. */
  editMinutes: 10_080,
} as const

/** How an inbox looks and speaks; public, never a secret in it. */
export interface InboxSettings {
  /** Shown as the panel's title. */
  title: string
  /** First line a visitor reads in an empty thread. */
  greeting: string
  /** `#rrggbb`: launcher, header and the visitor's own bubbles. */
  color: string
  position: 'left' | 'right'
  /** `auto` follows the page's `color-scheme`, which is light where it sets none. */
  theme: (typeof themes)[number]
  /** Words beside the launcher's icon; '' = a round launcher without. */
  launcherLabel: string
  /** From the side of `position`, whole pixels. */
  offsetX: number
  /** From below, whole pixels. */
  offsetY: number
  /** `auto` follows the page, then the browser. */
  locale: 'auto' | Locale
  askName: Asking
  askEmail: Asking
  /** What a visitor agrees to before the first message; plain text, web addresses in it become links. '' = nothing is asked. */
  consent: string
  /** Shown while nobody of the inbox is there; '' = the widget's own words. */
  awayMessage: string
  /** Whether a message sounds, for visitors who have not chosen otherwise. */
  sound: boolean
  /** For how long after sending a visitor may edit and delete a message, in whole minutes; 0 = not at all. */
  editMinutes: number
  /** Whether visitors are asked to rate a resolved conversation. */
  rating: boolean
  /** Whether agents see on which pages a visitor is. */
  tracksPages: boolean
  /** The widget's own wordings said otherwise, by their key, those of `LauncherTexts` with `launcher.` before it; a change replaces all of them. */
  texts: Record<string, string>
}

export const defaultInboxSettings: InboxSettings = {
  title: 'Chat with us',
  greeting: 'Hello! How can we help?',
  color: '#3b5bdb',
  position: 'right',
  theme: 'auto',
  launcherLabel: '',
  offsetX: 20,
  offsetY: 20,
  locale: 'auto',
  askName: 'no',
  askEmail: 'no',
  consent: '',
  awayMessage: '',
  sound: false,
  editMinutes: 15,
  rating: true,
  tracksPages: true,
  texts: {},
}

/** Settings as the script tag carries them: those that are as by default may be left out. */
export type ShownSettings = Pick<InboxSettings, 'title' | 'greeting' | 'color'> & Partial<InboxSettings>

/** What the widget has to know of an inbox. */
export interface ShownInbox {
  key: string
  settings: ShownSettings
  /** The language for this reader; absent where nobody asked for one. */
  locale?: Locale
  /** What the launcher says in it. */
  texts?: LauncherTexts
}

/** What anyone who knows the key may read. */
export interface PublicInbox {
  id: string
  key: string
  name: string
  settings: InboxSettings
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
