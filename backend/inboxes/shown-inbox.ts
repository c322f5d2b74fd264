import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type LauncherTexts,
  type Locale,
  pickLocale,
  type PublicInbox,
  type ShownInbox,
} from '../../sdk/protocol/index.js'
import { packageRoot } from '../package-root.js'

/** Languages of an `Accept-Language` header (RFC 9110, 12.5.4), most wanted first. */
const acceptedLanguages = (header = ''): string[] =>
  header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find(Boolean)
      return { tag: tag.trim(), quality: Number(quality ?? 1) }
    })
    .filter(({ tag, quality }) => tag && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag)

/** What the widget draws its launcher from, in the language that the page asks for, else the inbox's, else the reader's. */
export async function shownInbox(
  { key, settings }: PublicInbox,
  asked: string | undefined,
  acceptLanguage: string | undefined,
): Promise<ShownInbox> {
  const ofInbox = settings.locale === 'auto' ? [] : [settings.locale]
  const locale = pickLocale([...(asked ? [asked] : []), ...ofInbox, ...acceptedLanguages(acceptLanguage)])
  const texts = await launcherTexts(locale)
  return { key, settings, locale, texts: texts && worded(texts, settings.texts) }
}

/** As the site says it: its wordings have `launcher.open` for what is `open` here. */
const worded = (texts: LauncherTexts, wordings: Readonly<Record<string, string>>): LauncherTexts => {
  const own = Object.entries(texts).map(([name, text]: [string, string]) => [
    name,
    wordings[`launcher.${name}`] ?? text,
  ])
  return Object.fromEntries(own) as LauncherTexts
}

/** Undefined while there is no build; the script then says it in English. */
async function launcherTexts(locale: Locale): Promise<LauncherTexts | undefined> {
  const built = await readFile(join(packageRoot, 'dist/widget/launcher-texts.json'), 'utf8').catch(() => '{}')
  return (JSON.parse(built) as Partial<Record<Locale, LauncherTexts>>)[locale]
}
