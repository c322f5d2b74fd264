import { lines, type WidgetFigures, written } from './widget-table.js'

/** In this order; those of the bounds that a bar says something about. */
const DRAWN = [
  'closedKb',
  'openKb',
  'liveKb',
  'launcherMs',
  'usableMs',
  'closedHeapMb',
  'openHeapMb',
  'nodes10000',
  'open10000Ms',
]
const WIDTH = 900
const ROW = 34
const TOP = 56
/** Where bars begin, and how long one is that takes all of its budget. */
const LEFT = 460
const FULL = 300

/** One bar for each promise: how much of its budget the widget takes. */
export function pictureOf({ figures }: WidgetFigures): string {
  const rows = DRAWN.map((name, at) => {
    const { what, unit, bound } = lines.find((line) => line.name === name)!
    const value = figures[name]!
    const share = value / bound!
    const y = TOP + at * ROW
    // what is far over still ends within the picture
    const length = Math.round(Math.min(share, 1.03) * FULL)
    return `<text x="${LEFT - 12}" y="${y + 14}" text-anchor="end">${what}</text>
<rect x="${LEFT}" y="${y}" width="${FULL}" height="20" rx="4" fill="#e9ecf2"/>
<rect x="${LEFT}" y="${y}" width="${length}" height="20" rx="4" fill="${share <= 1 ? '#1f5c4d' : '#c92a2a'}"/>
<text x="${WIDTH - 16}" y="${y + 14}" text-anchor="end">${written(value, unit)} of ${written(bound!, unit)}</text>`
  })
  const height = TOP + DRAWN.length * ROW + 12
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="12" fill="#1b1d22">
<title id="title">What the widget takes of each of its budgets</title>
<rect width="${WIDTH}" height="${height}" rx="12" fill="#fff"/>
<text x="16" y="32" font-size="15" font-weight="600">What the widget takes of its budgets</text>
${rows.join('\n')}
</svg>
`
}
