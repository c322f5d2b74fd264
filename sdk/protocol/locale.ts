/** Languages of the widget, as BCP 47 tags. */
export const locales = [
  'en',
  'ar',
  'de',
  'es',
  'fr',
  'he',
  'hi',
  'it',
  'ja',
  'ko',
  'nl',
  'pl',
  'pt-BR',
  'ru',
  'tr',
  'uk',
  'zh-CN',
  'zh-TW',
] as const
export type Locale = (typeof locales)[number]

/** What the launcher says before anything else is fetched, as the site words it. */
export interface LauncherTexts {
  open: string
  /** Stands before a number. */
  unread: string
  close: string
  message: string
}

const TRADITIONAL = /^zh-(hant|tw|hk|mo)\b/

/** The language that serves the first of `wanted` (tags, most wanted first) that any does; English when none does. */
export function pickLocale(wanted: readonly string[]): Locale {
  for (const asked of wanted) {
    const tag = asked.toLowerCase()
    if (TRADITIONAL.test(tag)) return 'zh-TW'
    const [language] = tag.split('-')
    const found =
      locales.find((locale) => locale.toLowerCase() === tag) ??
      locales.find((locale) => locale.toLowerCase().split('-')[0] === language)
    if (found) return found
  }
  return 'en'
}
