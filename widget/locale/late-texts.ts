import { lateTexts as english } from './en-late.js'
import { texts, worded, type Wordings } from './texts.js'

export type LateTexts = typeof english

/** What all that comes late says, in the language of the panel. */
export let lateTexts: LateTexts = english

/** Turns to the language that the panel speaks; call it after each change of that. */
export async function speakLate(wordings?: Wordings): Promise<void> {
  const { language } = texts
  const chunk =
    language === 'en' ? null : import(new URL(`./${language}-late.js`, import.meta.url).href).catch(() => null)
  lateTexts = worded(((await chunk) as { lateTexts: LateTexts } | null)?.lateTexts ?? english, wordings)
}
