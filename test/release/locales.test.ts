import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import englishEmoji from '@emoji-mart/data/i18n/en.json'
import { describe, expect, test } from 'vitest'
import { errors, locales } from '../../sdk/protocol/index.js'

type Say = (...values: unknown[]) => string
type Table = Record<string, unknown>

const folder = fileURLToPath(new URL('../../widget/locale/', import.meta.url))
const parts = [
  { suffix: '', name: 'texts' },
  { suffix: '-late', name: 'lateTexts' },
]
const codes = [...Object.keys(errors), 'network']
const UNREVIEWED = '// Translated by machine, not yet reviewed by a native speaker.'
const isRightToLeft = (locale: string) => ['ar', 'he'].includes(locale)

/** Every text of a table of tables, by its keys with dots between. */
const flatEntries = (table: object): [string, unknown][] =>
  Object.entries(table).flatMap(([key, text]: [string, unknown]) =>
    typeof text === 'object'
      ? flatEntries(text!).map(([under, one]): [string, unknown] => [`${key}.${under}`, one])
      : [[key, text]],
  )

async function tableOf(locale: string, { suffix, name }: (typeof parts)[number]): Promise<Table> {
  const module = (await import(`../../widget/locale/${locale}${suffix}.ts`)) as Record<string, Table>
  return Object.fromEntries(flatEntries(module[name]!))
}
const english = await Promise.all(parts.map((part) => tableOf('en', part)))

/** Words that are the same there as in English. Of a sign, an emoji or a name alone nothing is to be translated. */
const sameWords: Record<string, string[]> = {
  messages: ['fr'],
  emoji: ['it'],
  online: ['de', 'it', 'nl', 'pl', 'pt-BR'],
  said: ['de', 'es', 'hi', 'it', 'ko', 'nl', 'pl', 'pt-BR', 'ru', 'tr', 'uk'],
  reacted: ['de', 'es', 'fr', 'he', 'hi', 'it', 'ko', 'nl', 'pl', 'pt-BR', 'ru', 'tr', 'uk'],
}
/** What is told of people and things by their names. */
const NAMING = ['answering', 'joined', 'here', 'save', 'said', 'typing']
/** What is worded by how many there are: too many or not, and of how many at most. */
const COUNTED: [string, 1 | -1, number][] = [
  ['remaining', 1, 120],
  ['remaining', -1, 120],
  ['unread', 1, 120],
  ['stars', 1, 5],
]
/** How many plural categories of a language fall together in a text, because its nouns are the same in them. */
const sameForms: Record<string, number> = {
  'en remaining': 1,
  'de remaining': 1,
  'tr remaining': 1,
  'tr unread': 1,
  'tr stars': 1,
  'ar unread': 1,
}

test('every language has its files, and no file is of no language', () => {
  const files = readdirSync(folder).filter((file) => /^[a-z]{2}(-[A-Z]{2})?(-late|-emoji)?\.ts$/.test(file))
  const expected = [
    ...locales.flatMap((locale) => parts.map(({ suffix }) => `${locale}${suffix}.ts`)),
    // the emoji picker speaks English by itself
    ...locales.filter((locale) => locale !== 'en').map((locale) => `${locale}-emoji.ts`),
  ]
  expect(files.sort()).toEqual(expected.sort())
})

describe.each(locales)('%s', async (locale) => {
  const tables = await Promise.all(parts.map((part) => tableOf(locale, part)))
  const texts = Object.assign({}, ...tables) as Table
  const say = (key: string, ...values: unknown[]) => (texts[key] as Say)(...values)
  /** `key` as it is said with values of all kinds. */
  const saidOf = (key: string) =>
    (key === 'reason' ? codes : [0, 1, 2, 5, 21, 100]).map((value) =>
      typeof texts[key] === 'function' ? say(key, value, value) : (texts[key] as string),
    )

  test('its files say who reviewed them, and import types alone', () => {
    for (const { suffix } of parts) {
      const lines = readFileSync(`${folder}${locale}${suffix}.ts`, 'utf8').split('\n')
      expect(lines[0]).toBe(
        locale === 'en' ? '// The source of all other languages, written for it and not translated.' : UNREVIEWED,
      )
      expect(lines.filter((line) => line.startsWith('import ') && !line.startsWith('import type '))).toEqual([])
    }
  })

  test('it says all that English says, and nothing else', () => {
    const kinds = (table: Table) => Object.entries(table).map(([key, text]) => `${key}: ${typeof text}`)
    expect(tables.map((table) => kinds(table).sort())).toEqual(english.map((table) => kinds(table).sort()))
  })

  test.runIf(locale !== 'en')('its emoji picker says all that the English one says, from its own side', async () => {
    const { emojiTexts } = (await import(`../../widget/locale/${locale}-emoji.ts`)) as { emojiTexts: Table }
    const { rtl = false, ...said } = emojiTexts
    const keys = (table: object) =>
      flatEntries(table)
        .map(([key]) => key)
        .sort()
    expect(keys(said)).toEqual(keys(englishEmoji))
    for (const [key, text] of flatEntries(said)) expect(text, key).toMatch(/\S/)
    expect(rtl).toBe(isRightToLeft(locale))
    expect(said.search).not.toBe(englishEmoji.search)
    const [author] = readFileSync(`${folder}${locale}-emoji.ts`, 'utf8').split('\n')
    expect(author).toBe(
      ['he', 'zh-TW'].includes(locale) ? UNREVIEWED : '// Translated by people of the emoji-mart project (MIT).',
    )
  })

  test('every text is said whole, whatever the number', () => {
    for (const key of Object.keys(texts))
      for (const said of saidOf(key)) {
        expect(said, key).toMatch(/\S/)
        expect(said, key).not.toMatch(/\b(undefined|NaN|null)\b|\[object/)
      }
  })

  test('dots, apostrophes and quotation marks are those of print', () => {
    for (const key of Object.keys(texts)) for (const said of saidOf(key)) expect(said, key).not.toMatch(/\.\.\.|['"]/)
  })

  test('its tag and its direction are its own', () => {
    expect([texts.language, texts.direction]).toEqual([locale, isRightToLeft(locale) ? 'rtl' : 'ltr'])
  })

  test('what the launcher says is short', () => {
    for (const [key, text] of Object.entries(texts))
      if (key.startsWith('launcher.') && key !== 'launcher.notLoaded')
        expect((text as string).length, key).toBeLessThanOrEqual(40)
  })

  test('a name keeps its own direction among words of the other', () => {
    for (const key of NAMING) expect(say(key, 'Ada', 'Hi').includes('\u2068Ada\u2069'), key).toBe(isRightToLeft(locale))
  })

  test.each(COUNTED)('numbers of one plural category are worded alike, those of two are not: %s', (key, sign, most) => {
    const rules = new Intl.PluralRules(locale)
    const worded = new Map<string, Set<string>>()
    for (let count = sign > 0 ? 0 : 1; count <= most; count++) {
      const category = rules.select(count)
      const wording = say(key, sign * count).replace(/\d+/g, '#')
      worded.set(category, (worded.get(category) ?? new Set()).add(wording))
    }
    for (const [category, wordings] of worded) expect([...wordings], category).toHaveLength(1)
    const looks = new Set([...worded.values()].flatMap((wordings) => [...wordings]))
    expect(looks.size).toBe(worded.size - (sameForms[`${locale} ${key}`] ?? 0))
  })

  test.runIf(locale !== 'en')('nothing is left in English', () => {
    const same = Object.entries(Object.assign({}, ...english) as Table).filter(([key, text]) => {
      if (['language', 'direction', 'reason'].includes(key)) return false
      if (typeof text !== 'function') return text === texts[key]
      return [5, -5, ''].some((value) => (text as Say)(value, value) === say(key, value, value))
    })
    const known = Object.keys(sameWords).filter((key) => sameWords[key]!.includes(locale))
    expect(same.map(([key]) => key).sort()).toEqual(known.sort())
  })

  test.runIf(locale !== 'en')('every reason that English knows is told in its own words', () => {
    const reason = english[0]!.reason as Say
    for (const code of codes) {
      const isKnown = reason(code) !== reason()
      expect(say('reason', code) !== say('reason'), code).toBe(isKnown)
      expect(say('reason', code), code).not.toBe(reason(code))
    }
  })
})
