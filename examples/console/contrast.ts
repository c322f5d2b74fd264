/** WCAG 2.2: least contrast of letters (1.4.3), and of a thing to be made out (1.4.11). */
const READ_CONTRAST = 4.5
const SEEN_CONTRAST = 3

const WHITE = [255, 255, 255] as const
const BLACK = [0, 0, 0] as const
const DARK_PAGE = [18, 18, 18] as const
/** The widget's grey for times and notes, and what it stands on: light, dark. */
export const MUTED = [
  ['#626874', '#ffffff'],
  ['#a2a8b4', '#1b1d22'],
] as const

type Rgb = readonly [red: number, green: number, blue: number]

const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)

function luminanceOf(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((channel) => linear(channel / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrastOf(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const mixed = (from: Rgb, to: Rgb, part: number): Rgb => [
  Math.round(from[0] + (to[0] - from[0]) * part),
  Math.round(from[1] + (to[1] - from[1]) * part),
  Math.round(from[2] + (to[2] - from[2]) * part),
]

function rgbOf(color: string): Rgb | null {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1]
  if (!hex) return null
  const at = (index: number) => parseInt(hex.slice(index, index + 2), 16)
  return [at(0), at(2), at(4)]
}

const hexOf = (rgb: Rgb): string => `#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`

const lettersOn = (rgb: Rgb) => (contrastOf(rgb, WHITE) >= contrastOf(rgb, BLACK) ? WHITE : BLACK)

/** One thing that a colour has to do, and how well it does it. */
export interface Check {
  id: 'letters' | 'white' | 'dark' | 'muted'
  contrast: number
  /** Least contrast asked for. */
  needed: number
}

export const isGood = ({ contrast, needed }: Check): boolean => contrast >= needed

function checked(rgb: Rgb): Check[] {
  const letters = lettersOn(rgb)
  return [
    { id: 'letters', contrast: contrastOf(rgb, letters), needed: READ_CONTRAST },
    { id: 'white', contrast: contrastOf(rgb, WHITE), needed: SEEN_CONTRAST },
    { id: 'dark', contrast: contrastOf(rgb, DARK_PAGE), needed: SEEN_CONTRAST },
    {
      id: 'muted',
      contrast: Math.min(...MUTED.map(([grey, ground]) => contrastOf(rgbOf(grey)!, rgbOf(ground)!))),
      needed: READ_CONTRAST,
    },
  ]
}

const passed = (rgb: Rgb) => checked(rgb).filter(isGood).length

/** How `#rrggbb` will do in the widget, which writes on it in black or white, whichever reads better; null when it is no such colour. */
export function lookOf(color: string): { letters: 'black' | 'white'; checks: Check[] } | null {
  const rgb = rgbOf(color)
  return rgb && { letters: lettersOn(rgb) === WHITE ? 'white' : 'black', checks: checked(rgb) }
}

/** The nearest shade of `color`, lighter or darker, that passes the most checks; null when it passes as many itself. */
export function nearestGood(color: string): string | null {
  const rgb = rgbOf(color)
  if (!rgb) return null
  let [best, most] = [rgb, passed(rgb)]
  for (let percent = 1; percent < 100; percent++)
    for (const end of [BLACK, WHITE]) {
      const shade = mixed(rgb, end, percent / 100)
      const count = passed(shade)
      if (count > most) [best, most] = [shade, count]
    }
  return best === rgb ? null : hexOf(best)
}
