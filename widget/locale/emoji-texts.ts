import type english from '@emoji-mart/data/i18n/en.json'
import { texts } from './texts.js'

/** What the emoji picker says, by the names that it has for it. */
export type EmojiTexts = typeof english & { rtl?: boolean }

/** The picker's texts in the language of the panel. Null in English, which it speaks by itself, and where they do not come. */
export async function emojiTexts(): Promise<EmojiTexts | null> {
  const { language } = texts
  if (language === 'en') return null
  const chunk = await import(new URL(`./${language}-emoji.js`, import.meta.url).href).catch(() => null)
  return (chunk as { emojiTexts: EmojiTexts } | null)?.emojiTexts ?? null
}
