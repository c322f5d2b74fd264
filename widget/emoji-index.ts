import data from '@emoji-mart/data/sets/15/native.json'

const {
  emojis,
  aliases,
}: { emojis: Record<string, { skins: { native: string }[] }>; aliases: Record<string, string> } = data
const nativeOf = (id: string) => emojis[id]!.skins[0]!.native

/** Every shortcode, without its colons, and its emoji; the build leaves nothing else of the data. */
export const emojiByCode: ReadonlyMap<string, string> = new Map([
  ...Object.keys(emojis).map((id) => [id, nativeOf(id)] as const),
  ...Object.entries(aliases).map(([alias, id]) => [alias, nativeOf(id)] as const),
])

/** Those whose code begins with `text` first, then those where one of its words does. */
export function suggestEmoji(text: string, most: number): [code: string, emoji: string][] {
  const all = [...emojiByCode]
  const begins = all.filter(([code]) => code.startsWith(text))
  const inside = all.filter(([code]) => /[_-]/.test(code[code.indexOf(text, 1) - 1] ?? ''))
  return [...new Map([...begins, ...inside])].slice(0, most)
}
