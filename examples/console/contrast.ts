/** WCAG's least contrast for a thing to be made out. */
const SEEN_CONTRAST = 3

const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)

/** How `#rrggbb` will do in the widget, which writes on it in black or white, whichever reads better; null when it is no such colour. */
export function lookOf(color: string): { letters: 'black' | 'white'; contrast: number; isSeenOnWhite: boolean } | null {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1]
  if (!hex) return null
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255))
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  const [onWhite, onBlack] = [1.05 / (luminance + 0.05), (luminance + 0.05) / 0.05]
  return {
    letters: onWhite >= onBlack ? 'white' : 'black',
    contrast: Math.max(onWhite, onBlack),
    isSeenOnWhite: onWhite >= SEEN_CONTRAST,
  }
}
