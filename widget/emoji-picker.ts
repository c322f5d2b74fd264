import data from '@emoji-mart/data/sets/15/native.json'
import { Picker, Store } from 'emoji-mart'
import type { EmojiTexts } from './locale/emoji-texts.js'

/** Space beside the columns, in pixels: its padding and its scrollbar. */
const BESIDE_PX = 28

// what was picked last and the tone of the skin are kept in memory, not in the page's storage
const kept = new Map<string, unknown>()
Object.assign(Store, {
  get: (key: string) => kept.get(key),
  set: (key: string, value: unknown) => kept.set(key, value),
})

/** Under a name of its own: a page may have another version of it. */
class ParleyEmojiPicker extends (Picker as unknown as new (options: object) => HTMLElement) {
  /** Its style element would need `unsafe-inline`. */
  injectStyles(styles: string): void {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(styles)
    this.shadowRoot!.adoptedStyleSheets = [sheet]
  }
}
customElements.define('parley-emoji-picker', ParleyEmojiPicker)

/** A picker as wide as `place` and in its colours, that says `i18n`; null is English. */
export function emojiPicker(place: Element, pick: (emoji: string) => void, i18n: EmojiTexts | null): HTMLElement {
  const isTouched = matchMedia('(pointer: coarse)').matches
  const size = isTouched ? 44 : 36
  const { backgroundColor, color } = getComputedStyle((place.getRootNode() as ShadowRoot).host)
  const [surface, text] = [backgroundColor, color].map((each) => /^rgb\(([\d, ]+)\)$/.exec(each)?.[1])
  const picker = new ParleyEmojiPicker({
    data,
    theme: surface ? (isDark(surface) ? 'dark' : 'light') : 'auto',
    set: 'native',
    i18n,
    // any other would be fetched from a host of its own
    locale: 'en',
    icons: 'outline',
    previewPosition: 'none',
    skinTonePosition: 'search',
    maxFrequentRows: 0,
    // a keyboard on the screen would cover it
    autoFocus: !isTouched,
    emojiButtonSize: size,
    perLine: Math.floor((place.clientWidth - BESIDE_PX) / size),
    onEmojiSelect: ({ native }: { native: string }) => pick(native),
  })
  if (i18n?.rtl) picker.addEventListener('keydown', mirror, true)
  if (surface && text)
    for (const [name, value] of [
      ['background', surface],
      ['input', surface],
      ['color', text],
      ['accent', text],
    ])
      picker.style.setProperty(`--rgb-${name}`, value!)
  return picker
}

/** Its arrows take the first emoji to be on the left. */
function mirror(event: KeyboardEvent): void {
  const key = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }[event.key]
  if (!key) return
  event.stopPropagation()
  const other = new KeyboardEvent('keydown', { key, repeat: event.repeat, bubbles: true, cancelable: true })
  if (!event.composedPath()[0]!.dispatchEvent(other)) event.preventDefault()
}

function isDark(rgb: string): boolean {
  const [r, g, b] = rgb.split(',').map(Number)
  return 0.3 * r! + 0.59 * g! + 0.11 * b! < 128
}
