import { texts as english } from './en.js'

export type Texts = typeof english

/** What the panel says, in the language that was chosen last. */
export let texts: Texts = english

/** The site's own wordings, by name (`launcher.open` for one of the launcher's): a plain text, or one with `{0}` where a name or a number goes. */
export type Wordings = Readonly<Record<string, string>>

/** `known`, with those of its texts that the site words itself; `table` stands before their names. */
export function worded<T extends object>(known: T, wordings?: Wordings, table = ''): T {
  const said = { ...known } as Record<string, unknown>
  for (const name in said) {
    const before = said[name]
    const text = wordings?.[table + name]
    said[name] =
      typeof before === 'object'
        ? worded(before!, wordings, name + '.')
        : text && typeof before === 'function'
          ? (value: string) => text.replace('{0}', value)
          : (text ?? before)
  }
  return said as T
}

/** The language of the panel as this reader's country writes it. Browsers also list what is no tag, as `en-US@posix`. */
export const region = (): string =>
  navigator.languages.find((tag) => new RegExp(`^${texts.language}[\\w-]*$`).test(tag)) ?? texts.language

/** Turns to the language `tag`; what is not there is said in English. */
export async function speak(tag: string, wordings?: Wordings): Promise<void> {
  const chunk = tag === 'en' ? null : import(new URL(`./${tag}.js`, import.meta.url).href).catch(() => null)
  texts = worded(((await chunk) as { texts: Texts } | null)?.texts ?? english, wordings)
}
